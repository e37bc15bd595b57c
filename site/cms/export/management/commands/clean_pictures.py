"""``manage.py clean_pictures``: pictures from before they were cleaned as they came."""

import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.common.progress import progress_bar
from cms.content.images.cleaning.cleaning import NoPicture, clean
from cms.content.images.cleaning.stored import StoredCleaner
from cms.content.models import ContentImage, ContentRendition
from cms.export.bundle.check_bundle import BadBundle
from cms.export.bundle.yaml import layout
from cms.export.bundle.yaml.reading import ReadableBundle, open_bundle
from cms.export.downloads.models import Kind
from cms.export.mirror.state import AnotherRun, ForeignFolder
from cms.export.mirror.updating import update
from cms.export.models import ExportFile


class Command(BaseCommand):
    """Cleans originals, renditions and the mirror; takes away exports that hold them as they were.

    It may be interrupted and run again: what is clean is left as it is.
    """

    help = (
        "Remove from stored pictures what they do not show (place, name, camera), and turn them "
        "upright. Pictures that are uploaded from now on are cleaned as they come."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the options."""
        parser.add_argument(
            "bundles",
            nargs="*",
            type=Path,
            metavar="BUNDLE",
            help="a bundle in files for people, whose pictures are cleaned instead of the site's; "
            "any other is written anew with export_content",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    @no_translations
    def handle(self, *args: Any, bundles: list[Path], dry_run: bool, **options: Any) -> None:
        """Cleans, and says what was done.

        Raises:
            CommandError: a folder is no bundle in files for people.
        """
        cleaner = StoredCleaner(is_trial=dry_run)
        if bundles:
            self._clean_bundles(cleaner, bundles)
        else:
            self._clean_site(cleaner)
        counts = cleaner.counts
        for name in counts.absent:
            self.stderr.write(f"{name}: this file is missing in the storage.")
        for name in counts.damaged:
            self.stderr.write(f"{name}: this is no picture that can be read. Replace or delete it.")
        self.stdout.write(
            f"{'Would clean' if dry_run else 'Cleaned'} {counts.cleaned:,} of {counts.looked_at:,} "
            f"pictures; {counts.positions:,} said where they were taken, {counts.turned:,} lay on "
            f"their side, {counts.described:,} originals were described anew."
        )
        if not bundles and not dry_run:
            self._clear_away()

    def _clean_site(self, cleaner: StoredCleaner) -> None:
        for title, model, clean_one in (
            ("originals", ContentImage, cleaner.clean_image),
            ("renditions", ContentRendition, cleaner.clean_rendition),
        ):
            ids = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
            with progress_bar(title, len(ids)) as advance:
                for done, pk in enumerate(ids, start=1):
                    # One that went meanwhile needs nothing.
                    found: Any = model._default_manager.filter(pk=pk).first()
                    if found is not None:
                        clean_one(found)
                    advance(done)

    def _clean_bundles(self, cleaner: StoredCleaner, bundles: list[Path]) -> None:
        for path in bundles:
            try:
                bundle = open_bundle(path)
            except BadBundle as error:
                raise CommandError(str(error)) from error
            if not isinstance(bundle, ReadableBundle):
                raise CommandError(
                    f"{path} is a bundle for programs, which has hashes of its files. Write it "
                    "anew with export_content."
                )
            pictures = [name for name in bundle.files if name.startswith(f"{layout.MEDIA}/")]
            with progress_bar(path.name, len(pictures)) as advance:
                for done, name in enumerate(pictures, start=1):
                    cleaner.clean_file(path / name)
                    advance(done)

    def _clear_away(self) -> None:
        """Takes away what holds the pictures as they were: made files, and files of the mirror."""
        made = ExportFile.objects.filter(format=Kind.BUNDLE).exclude(file="")
        held = [one for one in made if _holds_more_than_shown(Path(one.file.path))]
        for one in held:
            one.clear()
        if held:
            self.stdout.write(
                f"Deleted {len(held):,} bundles made in Export, which held them as they were."
            )
        if settings.MIRROR_DIR is None:
            return
        try:
            update(settings.MIRROR_DIR, full=True)
        except (AnotherRun, ForeignFolder, OSError) as error:
            self.stderr.write(f"The mirror was not looked at: {error} Run manage.py mirror --full.")
        else:
            self.stdout.write(f"Looked at every file of the mirror at {settings.MIRROR_DIR}.")


def _holds_more_than_shown(path: Path) -> bool:
    """Tells whether a bundle holds a picture that is not clean."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.startswith("media/")]
            return any(_tells_more(archive.read(name)) for name in names)
    except (OSError, zipfile.BadZipFile):
        return False


def _tells_more(content: bytes) -> bool:
    try:
        return clean(content).content != content
    except NoPicture:
        return False
