"""The base of an increment: the manifest of a bundle that somebody has."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cms.delivery.http.cursors import ExpiredCursor, InvalidCursor, read_change_cursor
from cms.export.bundle.check_bundle import (
    MANIFEST,
    UNREADABLE,
    BadBundle,
    checked_entries,
    read_manifest,
)
from cms.export.bundle.media import MediaFile, digest_of, size_of
from cms.export.bundle.runs import Run

REMEDY = "Write a whole bundle instead, without --since."


@dataclass(frozen=True, slots=True)
class Base:
    """A bundle from before.

    Attributes:
        cursor: where it stands in the order of changes.
        sequence: number of the last change that it has.
        selection: what was chosen for it.
        files: what its manifest says of each file, by path.
    """

    cursor: str
    sequence: int
    selection: dict[str, Any]
    files: dict[str, dict[str, Any]]

    def media(self, name: str, file: MediaFile) -> dict[str, Any] | None:
        """The entry of a media file, if it is there with the content that it has now.

        Its name and size say little: another file may have come under them.
        """
        known = self.files.get(name)
        if known is None or (known["size"], known.get("url", "")) != (size_of(file.name), file.url):
            return None
        return known if known["sha256"] == digest_of(file.name) else None

    def runs(self, name: str) -> list[Run]:
        """The entries of the runs of a file; nothing where it is not there."""
        runs: list[Run] = self.files.get(name, {}).get("runs", [])
        return runs


def read_base(path: Path) -> Base:
    """Reads a manifest: the file itself, or the bundle, or what was written since another.

    Raises:
        BadBundle: it is none, or nothing can be written since it. The message says why.
    """
    try:
        with _manifest_of(path) as file:
            manifest = read_manifest(file, path.name)
    except UNREADABLE as error:
        raise BadBundle(f"{path}: there is no manifest that can be read.") from error
    try:
        cursor = read_change_cursor(str(manifest.get("cursor")))
    except (ExpiredCursor, InvalidCursor) as error:
        raise BadBundle(
            f"{path}: what has gone since it was written is not remembered here, or it is of "
            f"another site. {REMEDY}"
        ) from error
    files = manifest.get("whole", manifest.get("files", []))
    return Base(
        manifest["cursor"],
        cursor.sequence,
        manifest.get("selection", {}),
        {file["path"]: file for file in checked_entries(files)},
    )


@contextmanager
def _manifest_of(path: Path) -> Iterator[IO[bytes]]:
    if path.is_dir():
        path /= MANIFEST
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive, archive.open(MANIFEST) as packed:
        yield packed
