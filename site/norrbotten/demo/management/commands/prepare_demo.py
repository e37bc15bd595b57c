"""Prepares everything that ``make run`` serves, in one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``manage.py prepare_demo``."""

    help = (
        "Brings the database up to date, loads the demo where it is not loaded yet, and makes its "
        "users: migrate, load_demo and create_demo_users, without starting three times."
    )
    # A language that was registered since has no Locale until migrate has made one.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the three in their order."""
        call_command("migrate", skip_checks=True, verbosity=0)
        call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
        call_command("create_demo_users", stdout=self.stdout, stderr=self.stderr)
