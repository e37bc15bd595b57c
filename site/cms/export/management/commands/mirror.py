"""``manage.py mirror DIR``: the public API as static files."""

import errno
import time
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from cms.common.progress import progress_bar
from cms.export.mirror.answers import NoAnswer
from cms.export.mirror.atomic_writes import NoLinks
from cms.export.mirror.state import AnotherRun, ForeignFolder
from cms.export.mirror.updating import Outcome, update

_BUSY = 2


class Command(BaseCommand):
    """Brings a mirror up to date; see docs/mirror.md."""

    help = "Bring a folder up to date that any web server can serve in place of the public API."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the folder and the options."""
        parser.add_argument(
            "dir",
            type=Path,
            nargs="?",
            metavar="DIR",
            help="new, empty, or a mirror; MIRROR_DIR where it is left out",
        )
        parser.add_argument(
            "--full",
            action="store_true",
            help="look at every file, not only at what has changed since the last run",
        )
        parser.add_argument(
            "--compress",
            action=BooleanOptionalAction,
            default=None,
            help="with .gz and .br beside, or without, for an object store, which does not choose "
            "between them; as it was, and with them in a new mirror, unless you say so",
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")

    @no_translations
    def handle(
        self,
        *args: Any,
        dir: Path | None,  # noqa: A002 - the name of the argument
        full: bool,
        compress: bool | None,
        quiet: bool,
        **options: Any,
    ) -> None:
        """Brings it up to date, and says what it did.

        Raises:
            CommandError: it cannot be written there; with 2 where another run is writing it.
        """
        root = dir or settings.MIRROR_DIR
        if root is None:
            raise CommandError("Name a folder: manage.py mirror DIR, or set MIRROR_DIR.")
        began = time.monotonic()
        try:
            with progress_bar(f"→ {root.name}", quiet=quiet) as advance:
                outcome = update(root, full=full, compressed=compress, advance=advance)
        except AnotherRun as error:
            raise CommandError(str(error), returncode=_BUSY) from error
        except (ForeignFolder, NoAnswer) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_explained(error, root)) from error
        for name in outcome.absent:
            self.stderr.write(f"{name}: this file is missing in the storage, and in the mirror.")
        if not quiet:
            self.stdout.write(_summary(outcome, root, time.monotonic() - began))


def _summary(outcome: Outcome, root: Path, seconds: float) -> str:
    head = f"Mirror of {outcome.documents:,} documents at {root}"
    if not outcome.changed:
        return f"{head}: nothing has changed, in {seconds:.1f} s."
    return (
        f"{head}: {outcome.written:,} written, {outcome.removed:,} addresses removed, "
        f"{outcome.media:,} files of images and documents, in {seconds:.1f} s."
    )


def _explained(error: OSError, root: Path) -> str:
    named = f"{error.filename or root}: {error.strerror or error}."
    if isinstance(error, NoLinks):
        return f"{root}: this file system has no symbolic links. Choose a folder on another one."
    remedies = {
        errno.ENOSPC: "Make room and run it again; what is there is served as it is.",
        errno.EDQUOT: "Make room and run it again; what is there is served as it is.",
        errno.EACCES: "Let the user who runs this write there.",
        errno.EPERM: "Let the user who runs this write there.",
        errno.EEXIST: "Take it away and run it again.",
        errno.EROFS: "Choose a folder that can be written.",
    }
    remedy = remedies.get(error.errno or 0, "Run it again; it looks at everything then.")
    return f"The mirror could not be written. {named} {remedy}"
