"""``manage.py verify_bundle BUNDLE``: whether a bundle is what it says."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.export.bundle.check_bundle import BadBundle, faults
from cms.export.bundle.yaml.reading import ReadableBundle, open_bundle


class Command(BaseCommand):
    """Does what ``check_bundle.py`` in the bundle does, without trusting that one."""

    help = "Check every hash, schema and reference of a bundle; ends with 1 where one is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the bundle."""
        parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="a folder or a .zip")

    @no_translations
    def handle(self, *args: Any, bundle: Path, **options: Any) -> None:
        """Says what is wrong in one line each.

        Raises:
            CommandError: it cannot be read as a bundle at all.
        """
        count = 0
        try:
            read = open_bundle(bundle)
            if isinstance(read, ReadableBundle):
                raise CommandError(
                    f"{bundle}: this is a bundle for people to change, which has no hashes. "
                    "import_content checks it while it brings it in."
                )
            for fault in faults(read):
                count += 1
                self.stdout.write(fault)
        except BadBundle as error:
            raise CommandError(str(error)) from error
        if count:
            self.stderr.write(f"{count} faults.")
            sys.exit(1)
        documents = sum(language["documents"] for language in read.manifest["languages"])
        self.stdout.write(f"{documents:,} documents and {len(read.files):,} files are sound.")
