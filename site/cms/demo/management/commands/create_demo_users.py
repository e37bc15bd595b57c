"""Creates the demo's users and groups."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from cms.demo.errors import DemoError
from cms.demo.users import create_demo_users, demo_password, refuse_in_production


class Command(BaseCommand):
    """``manage.py create_demo_users``."""

    help = (
        "Creates the demo's groups and users: admin, redaktor, skribent and granskare, who show "
        "four eyes, and oversattare-<code> for every language but Swedish. New users get "
        "DEMO_PASSWORD, or one that is generated once and kept in DATA_DIR. Whoever is there "
        "keeps their password, unless DEMO_PASSWORD is set. "
        "With production settings it runs only with DEMO_PASSWORD."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Creates them and prints a table."""
        try:
            refuse_in_production()
            password = demo_password()
            users = create_demo_users(password, reset=bool(settings.DEMO_PASSWORD))
        except DemoError as error:
            raise CommandError(str(error)) from error
        address = getattr(settings, "WAGTAILADMIN_BASE_URL", "") + reverse("wagtailadmin_home")
        self.stdout.write(f"Sign in at {address}\n\n")
        width = max(len(user.name) for user in users)
        for user in users:
            shown = password if user.password_is_demo else "(changed by somebody)"
            groups = ", ".join(user.groups) or "everything"
            self.stdout.write(f"  {user.name:{width}}  {shown}  {groups}")
