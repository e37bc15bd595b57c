"""``manage.py export_content OUT``: everything that is published, as a bundle."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.common.foreign_files import ForeignFile
from cms.common.progress import file_progress
from cms.delivery.endpoints.schemas import ALL_TYPES
from cms.export.bundle.check_bundle import BadBundle
from cms.export.bundle.contents import Selection
from cms.export.bundle.since import read_base
from cms.export.bundle.writing import BundleOptions, selected, write_bundle
from cms.export.bundle.yaml.writing import write_readable
from cms.languages.registry import LANGUAGES

_INCOMPLETE: Final = 2


class Command(BaseCommand):
    """Writes the bundle; see docs/bundle.md."""

    help = "Write everything that is published to a folder, or to a .zip by its ending."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the destination and the selection."""
        parser.add_argument("out", type=Path, metavar="OUT", help="folder, or file ending in .zip")
        parser.add_argument(
            "--locale",
            action="append",
            default=[],
            choices=list(LANGUAGES),
            metavar="CODE",
            help="only this language; may be repeated",
        )
        parser.add_argument(
            "--type",
            action="append",
            default=[],
            choices=ALL_TYPES,
            metavar="TYPE",
            dest="types",
            help="only this type, such as that of an entry's meta.type; may be repeated",
        )
        parser.add_argument(
            "--media", action="store_true", help="with the images and files that documents show"
        )
        parser.add_argument(
            "--private",
            action="store_true",
            help="with drafts, what is restricted, and all files: to move a site, not to publish",
        )
        parser.add_argument(
            "--since",
            type=Path,
            metavar="MANIFEST",
            help="only what has changed since, and what went: a manifest, or the bundle around it",
        )
        parser.add_argument(
            "--readable",
            action="store_true",
            help="the editable form alone, in files for people to read and change: a folder",
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")

    @no_translations
    def handle(
        self,
        *args: Any,
        out: Path,
        locale: list[str],
        types: list[str],
        media: bool,
        private: bool,
        since: Path | None,
        readable: bool,
        quiet: bool,
        **options: Any,
    ) -> None:
        """Writes it, and says what it wrote.

        Raises:
            CommandError: it cannot be written there, or not since that manifest, or not readable;
                with 2 where it is written, and files are missing in it.
        """
        if readable and (locale or types or since or out.suffix.lower() == ".zip"):
            raise CommandError(
                "--readable writes everything to a folder: leave --locale, --type, --since and the "
                "ending .zip away."
            )
        try:
            wanted = BundleOptions(
                Selection(tuple(sorted({*locale})), tuple(sorted({*types}))),
                with_media=media,
                private=private,
                base=read_base(since) if since else None,
            )
            if wanted.base and wanted.base.selection != selected(wanted):
                raise CommandError(
                    f"{since} has another choice of languages, types or media: "
                    f"{wanted.base.selection}. Give the same."
                )
            with file_progress(f"→ {out.name}", quiet=quiet) as advance:
                if readable:
                    written = write_readable(out, advance, with_media=media, private=private)
                else:
                    written = write_bundle(out, wanted, advance)
        except (BadBundle, ForeignFile) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            named = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise CommandError(f"The bundle could not be written. {named}") from error
        for name in written.absent:
            self.stderr.write(f"{name}: this file is missing in the storage, and in the bundle.")
        if not quiet:
            self.stdout.write(
                f"Wrote {written.documents:,} documents and {written.files:,} files, "
                f"{written.size / 1_000_000:,.1f} MB, to {out}."
            )
        if written.absent:
            raise CommandError(
                f"{len(written.absent):,} files are missing in it; all else is there. Choose each "
                "anew under Images or Documents, or bring it back from a backup. Sizes of images "
                "come back with: manage.py published rebuild",
                returncode=_INCOMPLETE,
            )
