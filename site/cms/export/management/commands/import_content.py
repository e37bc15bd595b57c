"""``manage.py import_content BUNDLE``: a bundle into an empty site."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.common.progress import file_progress
from cms.export.bundle.check_bundle import BadBundle
from cms.export.bundle.importing import importer
from cms.export.bundle.importing.refusals import RefusedBundle
from cms.export.bundle.importing.updating import Changes
from cms.export.bundle.yaml.reading import open_bundle


class Command(BaseCommand):
    """Brings a bundle in; see docs/bundle.md."""

    help = "Bring a bundle into this empty site: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the bundle."""
        parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="a folder or a .zip")
        parser.add_argument(
            "--update",
            action="store_true",
            help="into a site that has content: what has the same key becomes the same",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="with --update: say what would change"
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")

    @no_translations
    def handle(
        self,
        *args: Any,
        bundle: Path,
        update: bool,
        dry_run: bool,
        quiet: bool,
        **options: Any,
    ) -> None:
        """Brings it in, and says what came.

        Raises:
            CommandError: it is refused; nothing is written.
        """
        if dry_run and not update:
            raise CommandError("--dry-run is for --update: into an empty site all of it comes.")
        try:
            with file_progress(f"{bundle.name} →", quiet=quiet) as advance:
                opened = open_bundle(bundle)
                if update:
                    changes = importer.update(opened, advance, dry_run=dry_run)
                    self._say(changes, dry_run=dry_run, quiet=quiet)
                    self._list_missing(changes.missing)
                    return
                brought = importer.import_bundle(opened, advance)
        except (BadBundle, RefusedBundle) as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        if not quiet:
            self.stdout.write(
                f"Brought in {brought.pages:,} pages, {brought.snippets:,} facts, "
                f"{brought.files:,} images and files, {brought.translations:,} translated texts "
                f"and {brought.redirects:,} redirects."
            )
        self._list_missing(brought.missing)

    def _list_missing(self, names: list[str]) -> None:
        for name in names:
            self.stderr.write(
                f"{name}: this file is missing in the bundle, as in the site it was made of. All "
                "that is known of it came in. Choose the file anew under Images or Documents."
            )

    def _say(self, changes: Changes, *, dry_run: bool, quiet: bool) -> None:
        """A line for everything that is new or changed, and how much there is of each."""
        if quiet:
            return
        for line in changes.lines:
            self.stdout.write(line)
        counts, files, texts = changes.counts, changes.files, changes.texts
        self.stdout.write(
            f"Pages and facts: {counts['new']:,} new, {counts['changed']:,} changed, "
            f"{counts['unchanged']:,} unchanged, {counts['reordered']:,} in another order. "
            f"Images and files: {files['new']:,} new, {files['replaced']:,} replaced, "
            f"{files['changed']:,} described otherwise, {files['unchanged']:,} unchanged. "
            f"Translated texts: {texts['new']:,} new, {texts['replaced']:,} replaced by "
            f"younger ones, {texts['kept']:,} kept though the bundle has others, "
            f"{texts['unchanged']:,} unchanged."
        )
        if dry_run:
            self.stdout.write("Nothing was written: this was a trial run.")
