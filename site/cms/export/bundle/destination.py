"""Destinations of a bundle: a folder, or a .zip that is the same to the byte each time."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from cms.common.atomic_files import replaced_file, replaced_folder
from cms.common.foreign_files import ForeignFile
from cms.export.bundle.check_bundle import MANIFEST, BadBundle, Bundle
from cms.export.bundle.yaml import layout

_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The beginning of time in a .zip: when a bundle was written is no part of it."""
_UNIX: Final = 3
_FILE_FOR_ALL_TO_READ: Final = 0o100644 << 16
_STORED: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".pdf", ".zip"})
"""Endings of what is compressed already."""


class _Sink(Protocol):
    def store(self, name: str, pieces: Iterable[bytes]) -> None: ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def store(self, name: str, pieces: Iterable[bytes]) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(pieces)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def store(self, name: str, pieces: Iterable[bytes]) -> None:
        entry = zipfile.ZipInfo(name, _TIME)
        entry.create_system = _UNIX
        entry.external_attr = _FILE_FOR_ALL_TO_READ
        is_stored = Path(name).suffix.lower() in _STORED
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        # Its size is not known before it is written: it may be larger than a small entry holds.
        with self.archive.open(entry, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)


@dataclass(slots=True)
class Destination:
    """The files of a bundle that is being written, with the size and SHA-256 of each.

    Attributes:
        files: what ``manifest.json`` says of each file, in the order in which they came.
    """

    place: _Sink
    files: list[dict[str, Any]] = field(default_factory=list)

    def write(self, name: str, pieces: Iterable[bytes], **more: Any) -> dict[str, Any]:
        """Stores a file, piece by piece.

        Args:
            more: what else the manifest should say of it, such as ``url``.
        """
        self.place.store(name, self.passing(name, pieces, **more))
        return self.files[-1]

    def passing(self, name: str, pieces: Iterable[bytes], **more: Any) -> Iterator[bytes]:
        """Passes the pieces of a file on, and lists the file when it has ended."""
        digest, size = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        self.files.append({"path": name, "size": size, "sha256": digest.hexdigest(), **more})

    def write_unlisted(self, name: str, content: bytes) -> None:
        """Stores the manifest, which lists the hashes of the others and has none itself."""
        self.place.store(name, [content])


class Measured:
    """A sink that stores nothing: it measures what a file would be."""

    def store(self, name: str, pieces: Iterable[bytes]) -> None:
        """Reads through it."""
        for _piece in pieces:
            pass


class _Former(Bundle):
    """Something that is in the way, read as a bundle of either form."""

    @property
    def is_readable(self) -> bool:
        return self.manifest.get("form") == layout.READABLE

    def _entries(self) -> Iterator[dict[str, Any]]:
        return iter(()) if self.is_readable else super()._entries()

    def foreign(self) -> Iterator[str]:
        """Names of files that are no part of it, perhaps put there by somebody."""
        for name in self.names():
            is_listed = layout.is_of_bundle(name) if self.is_readable else name in self.files
            if name != MANIFEST and not is_listed:
                yield name


def refuse_foreign(out: Path) -> None:
    """Refuses to replace anything but a bundle, and a bundle into which somebody has put more.

    A bundle is known by what its manifest says, not by having a file of that name.

    Raises:
        ForeignFile: there is something else.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    try:
        with closing(_Former(out)) as bundle:
            product = bundle.manifest.get("product")
            if not isinstance(product, dict) or "name" not in product:
                raise BadBundle(f"{MANIFEST}: it does not say which product wrote this.")
            foreign = next(bundle.foreign(), None)
    except (BadBundle, OSError) as error:
        raise ForeignFile(out, "is there already and is no bundle.") from error
    if foreign is not None:
        raise ForeignFile(out, f"has {foreign} in it, which is no part of the bundle.")


@contextmanager
def destination(out: Path) -> Iterator[Destination]:
    """A folder, or a .zip by its ending, which stands in its place when it is whole.

    Raises:
        ForeignFile: something that is no bundle stands there.
    """
    refuse_foreign(out)
    if out.suffix.lower() != ".zip":
        with replaced_folder(out) as folder:
            yield Destination(_Folder(folder))
        return
    with (
        replaced_file(out) as path,
        zipfile.ZipFile(path, "w", compresslevel=6) as archive,
    ):
        yield Destination(_Zip(archive))
