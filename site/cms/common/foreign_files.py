"""Refuses to replace a file that this program has not written.

A file is known by what stands in it, not by its name: whoever mistypes a path, or names a file that
is there, loses nothing by it.
"""

import errno
import zipfile
from pathlib import Path
from typing import Final

_BEGINNING: Final = 4096
_SPREADSHEET: Final = "docProps/core.xml"


class ForeignFile(FileExistsError):
    """Raised where something else is in the way of what is to be written; it is left alone."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(errno.EEXIST, f"{why} Choose another place.", str(path))

    def __str__(self) -> str:
        return f"{self.filename} {self.strerror}"


def refuse_foreign_file(path: Path, *marks: str) -> None:
    """Refuses a path at which there is something else than a file with one of some marks.

    Args:
        marks: what a file of ours has in its first bytes, or in what a spreadsheet says of itself.

    Raises:
        ForeignFile: there is another file, or a folder.
    """
    if not path.exists():
        return
    beginning = "" if path.is_dir() else _beginning(path)
    if not any(mark in beginning for mark in marks):
        raise ForeignFile(path, "is there already, and was not written by this command.")


def _beginning(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_SPREADSHEET) as said:
            content = said.read(_BEGINNING)
    except (KeyError, zipfile.BadZipFile):
        with path.open("rb") as file:
            content = file.read(_BEGINNING)
    return content.decode(errors="replace")
