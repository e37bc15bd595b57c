"""Prepares everything that ``make run`` serves, in one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``manage.py prepare_demo``."""

    help = (
        "Brings the database up to date, loads the demo where it is not loaded yet, and makes its "
        "users: migrate, load_demo, create_demo_users and published rebuild, without starting "
        "four times."
    )
    # A language that was registered since has no Locale until migrate has made one.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the four in their order."""
        call_command("migrate", skip_checks=True, verbosity=0)
        call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
        call_command("create_demo_users", stdout=self.stdout, stderr=self.stderr)
        call_command("published", "rebuild", "--if-needed", stdout=self.stdout, stderr=self.stderr)
