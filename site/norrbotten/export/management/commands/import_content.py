"""``manage.py import_content BUNDLE``: a bundle into an empty site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from norrbotten.export.bundle.check_bundle import BadBundle, Bundle
from norrbotten.export.importing.importer import bring_in
from norrbotten.export.importing.refusals import RefusedBundle
from norrbotten.export.progress import progress


class Command(BaseCommand):
    """Brings a bundle in; see docs/bundle.md."""

    help = "Bring a bundle into this empty site: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one."""
        parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="a folder or a .zip")
        parser.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")

    @no_translations
    def handle(self, *args: Any, bundle: Path, quiet: bool, **options: Any) -> None:
        """Brings it in, and says what came.

        Raises:
            CommandError: it is refused; nothing is written.
        """
        try:
            with progress(f"{bundle.name} →", quiet=quiet) as advance:
                brought = bring_in(Bundle(bundle), advance)
        except (BadBundle, RefusedBundle) as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        if not quiet:
            self.stdout.write(
                f"Brought in {brought.pages:,} pages, {brought.snippets:,} facts, "
                f"{brought.files:,} images and files, {brought.translations:,} translated texts "
                f"and {brought.redirects:,} redirects."
            )
