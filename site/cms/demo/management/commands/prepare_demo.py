"""Prepares everything that ``make run`` serves, in one process."""

from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.delivery.models import PublishedDocument
from cms.delivery.publishing import fingerprint
from cms.demo.site import BUNDLE, start_page, update_address
from cms.export.bundle.importing.importer import has_content
from cms.languages.registry import SOURCE_LANGUAGE_CODE


class Command(BaseCommand):
    """``manage.py prepare_demo``."""

    help = (
        "Brings the database up to date, brings the demo's content into an empty site, and makes "
        "its users: migrate, import_content, create_demo_users and published rebuild, without "
        "starting four times. Where the demo is loaded already, its content is left as it is. A "
        "site with content of its own gets neither the demo nor its users."
    )
    # A language that was registered since has no Locale until migrate has made one.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs the four in their order."""
        streams = {"stdout": self.stdout, "stderr": self.stderr}
        call_command("migrate", skip_checks=True, verbosity=0)
        if self._bring_content(streams):
            call_command("create_demo_users", **streams)
        call_command("published", "rebuild", "--if-needed", **streams)

    def _bring_content(self, streams: dict[str, Any]) -> bool:
        """Brings the demo into an empty site; says whether the site is the demo's."""
        home = start_page(SOURCE_LANGUAGE_CODE)
        if home is None:
            if has_content():
                self.stdout.write(
                    "This site has content of its own and is left as it is. It gets neither the "
                    "demo nor its users."
                )
                return False
            if not PublishedDocument.objects.exists():
                # All of them will have been rendered by what runs now: no need to do it again.
                fingerprint.record()
            started = monotonic()
            self.stdout.write("Bringing in the demo ...")
            call_command("import_content", BUNDLE, **streams)
            self.stdout.write(f"Done in {monotonic() - started:.1f} seconds.")
            return True
        self.stdout.write(
            "The demo is loaded already; pages and translations are left as they are."
        )
        if address := update_address(home):
            self.stdout.write(f"Address of the site: {address}")
        return True
