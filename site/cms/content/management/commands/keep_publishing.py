"""``manage.py keep_publishing``: what was scheduled goes live, and ends, when its time comes.

It also makes up for what a machine left undone that stopped right after publishing a page, and
does what other rooms have registered; see :mod:`cms.common.periodic`.
"""

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from cms.common.periodic import run_periodic_tasks
from cms.translation.sources.following import follow, unfollowed


class Command(BaseCommand):
    """Runs Wagtail's ``publish_scheduled`` again and again in one process, until it is stopped."""

    help = "Publish and unpublish scheduled pages as their time comes, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the interval between two looks."""
        parser.add_argument(
            "--every", type=float, default=60, metavar="SECONDS", help="default: %(default)s"
        )

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        """Looks at once, then every ``every`` seconds; a busy database is asked again later."""
        stopped = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        while not stopped.is_set():
            close_old_connections()
            try:
                call_command("publish_scheduled", verbosity=0)
                for instance in unfollowed():
                    follow(instance)
                run_periodic_tasks()
            except DatabaseError as error:
                self.stderr.write(f"Scheduled pages wait for the next turn: {error}")
            stopped.wait(every)
