"""``manage.py create_locales``: one Locale for each registered language."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.languages.locales import create_missing_locales


class Command(BaseCommand):
    """Create the Locale of each registered language that has none, as each migration does."""

    help = "Create the Locale of each registered language that has none."
    # It mends what a check complains of.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Create and name what was missing."""
        created = create_missing_locales()
        self.stdout.write(f"Created: {', '.join(created)}." if created else "No locale is missing.")
