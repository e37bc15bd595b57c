"""Puts the images and files that live documents show at the addresses that these name."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.core.files.storage import default_storage

from cms.common.batches import batches
from cms.common.site_address import site_address
from cms.delivery.models import DocumentToken
from cms.export.bundle.media import digest_of, media_files, pieces
from cms.export.mirror.atomic_writes import MirrorRoot
from cms.export.mirror.layout import NEW

FOLDERS: Final = ("media", "documents")
_AT_ONCE: Final = 500


@dataclass(slots=True)
class Media:
    """Puts files into the mirror, and takes out what nothing shows any more.

    Attributes:
        added, removed: how many.
        absent: names of files that the storage has lost.
    """

    place: MirrorRoot
    added: int = 0
    removed: int = 0
    absent: list[str] = field(default_factory=list)

    def add_shown_by(self, documents: Sequence[int]) -> None:
        """Adds what some documents show, before these are there themselves."""
        tokens: set[str] = set()
        for some in batches(documents, _AT_ONCE):
            tokens.update(_tokens(document__in=some))
        self._add(_named(tokens))

    def add_all(self) -> None:
        """Adds what any document shows; for a new mirror, in which each has yet to be written."""
        self._add(_named(set(_tokens(document__listed=True))))

    def make_exact(self) -> None:
        """Adds what documents show and removes all else."""
        wanted = set()
        for name, storage_name in _named(set(_tokens(document__listed=True))):
            wanted.add(name)
            self._add([(name, storage_name)])
        for folder in FOLDERS:
            self._remove_others(folder, wanted)

    def _add(self, files: Iterable[tuple[str, str]]) -> None:
        for name, storage_name in files:
            self.place.make_folder(str(PurePosixPath(name).parent))
            if _is_same(self.place.root / name, storage_name):
                continue
            try:
                self._put(name, storage_name)
            except FileNotFoundError:
                self.absent.append(storage_name)
            else:
                self.added += 1

    def _put(self, name: str, storage_name: str) -> None:
        """Links the file under a second name where that can be; else copies it."""
        beside = self.place.root / NEW / "file"
        try:
            os.link(default_storage.path(storage_name), beside)
        except FileNotFoundError:
            raise
        except (NotImplementedError, OSError):
            # In a storage elsewhere, on another file system, or of another owner.
            self.place.put_file(name, pieces(storage_name))
            return
        beside.replace(self.place.root / name)
        # Of two names of one file, renaming one to the other leaves both.
        beside.unlink(missing_ok=True)

    def _remove_others(self, folder: str, wanted: set[str]) -> None:
        # Of a folder that is itself a link, ``os.walk`` would go through what it leads to.
        self.place.refuse_links(folder)
        for parent, folders, files in os.walk(self.place.path(folder), topdown=False):
            below = PurePosixPath(parent).relative_to(self.place.root)
            for file in files:
                if str(below / file) not in wanted:
                    self.removed += self.place.remove(str(below / file))
            for empty in folders:
                path = self.place.root / below / empty
                if path.is_symlink():
                    self.removed += self.place.remove(str(below / empty))
                elif not any(path.iterdir()):
                    path.rmdir()
                    self.place.forget_folder(str(below / empty))


def _tokens(**chosen: Any) -> Iterator[str]:
    """The images and files that documents show."""
    for kind in ("image:", "file:"):
        shown = DocumentToken.objects.filter(token__startswith=kind, **chosen)
        yield from shown.order_by().values_list("token", flat=True).distinct()


def _named(tokens: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files of public images and documents: where in the mirror, and which in the storage."""
    ids: dict[str, list[int]] = {"image": [], "file": []}
    for token in tokens:
        kind, _colon, identity = token.partition(":")
        ids[kind].append(int(identity))
    for images, files in zip_longest(
        batches(ids["image"], _AT_ONCE), batches(ids["file"], _AT_ONCE), fillvalue=[]
    ):
        for file in media_files(images, files):
            if (name := place_of(file.url)) is not None:
                yield name, file.name


def place_of(url: str) -> str | None:
    """The path of a file in the mirror; ``None`` for one that another host gives out."""
    parts = urlsplit(url)
    if parts.netloc and parts.netloc != urlsplit(site_address()).netloc:
        return None
    path = PurePosixPath(unquote(parts.path).lstrip("/"))
    is_ours = len(path.parts) > 1 and path.parts[0] in FOLDERS and ".." not in path.parts
    return str(path) if is_ours else None


def _is_same(path: Path, storage_name: str) -> bool:
    """Tells whether a file has the content that the storage has, of whatever name and length.

    Where both are names of one file nothing is read.
    """
    try:
        with suppress(NotImplementedError):
            if path.samefile(default_storage.path(storage_name)):
                return True
        if path.stat().st_size != default_storage.size(storage_name):
            return False
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest == digest_of(storage_name)
    except OSError:
        return False
