"""Updates the documents of some keys: the stored files, and the links to them."""

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from cms.delivery.http.compression import gzip_of
from cms.export.mirror.addressed_documents import (
    Contents,
    DocumentFolder,
    EntryTarget,
    contents_of,
    entry_targets,
    pages_with_documents,
)
from cms.export.mirror.atomic_writes import Files, MirrorRoot
from cms.export.mirror.layout import (
    DOCUMENT,
    PAGES,
    STORED,
    entries_folder,
    entry_link,
    page_link,
)
from cms.export.mirror.media import Media
from cms.languages.registry import LANGUAGES

_URL: Final = re.compile(rb'[^"\\\s<>]+/(?:media|documents)/[^"\\\s<>]+')
"""What may be the address of a file; whether it is one, the database says."""


@dataclass(slots=True)
class Addresses:
    """Writes documents and links, and counts.

    Attributes:
        compressed: whether the encodings are written too.
        with_pages: whether pages are mirrored by their id.
        written: documents that were written.
        removed: targets that are gone.
        unused: folders of documents that no address leads to any more.
        files_differ: whether other files are named than before.
    """

    place: MirrorRoot
    media: Media
    compressed: bool
    with_pages: bool
    written: int = 0
    removed: int = 0
    unused: set[str] = field(default_factory=set)
    files_differ: bool = False

    def bring(self, keys: Sequence[UUID], *, is_known: bool) -> None:
        """Updates the mirror's addresses of some keys from the database.

        Args:
            is_known: whether the mirror may have others, which are removed; where everything is
                looked at, this is done at the end for all.
        """
        targets = entry_targets(keys)
        before = self._before(keys) if is_known else {}
        documents = {one.document.pk: one.document for one in targets}
        folders = {
            pk: (document.folder, document.name)
            for pk, document in documents.items()
            if self.place.is_new or not self._is_stored(document)
        }
        if not self.place.is_new:
            self.media.add_shown_by(list(folders))
        for contents in contents_of(list(folders), compressed=self.compressed):
            self.place.put_stored(*folders[contents.pk], self._files(contents))
            self.written += 1
        if is_known:
            self._leave(before, targets)
        self._link(targets)

    def _link(self, targets: Iterable[EntryTarget]) -> None:
        entries: dict[str, list[tuple[str, str]]] = defaultdict(list)
        pages: list[tuple[str, str]] = []
        for key, locale, is_own, document in targets:
            entries[locale].append((key, document.folder))
            if self.with_pages and is_own and document.page is not None:
                pages.append((str(document.page), document.folder))
        for locale, links in entries.items():
            self.place.link_all(entries_folder(locale), links)
        # Last: a page's link never leads to what stands for it in another language.
        if pages:
            self.place.link_all(PAGES, pages)

    def _is_stored(self, document: DocumentFolder) -> bool:
        """Tells whether a document is stored whole.

        A run that was killed leaves a folder without ``index.json``, a machine that lost power
        files without content.
        """
        path = self.place.path(f"{document.folder}/{DOCUMENT}")
        body, gzip, brotli = document.sizes
        encodings = (gzip, brotli) if self.compressed else (None, None)
        return (_size(path), _size(f"{path}.gz"), _size(f"{path}.br")) == (body, *encodings)

    def _files(self, contents: Contents) -> Files:
        """The files of a document; ``index.json`` last, without which a folder is not whole."""
        if not self.compressed:
            return {DOCUMENT: contents.body}
        return {
            f"{DOCUMENT}.gz": gzip_of(contents.deflated),
            f"{DOCUMENT}.br": contents.brotli,
            DOCUMENT: contents.body,
        }

    def _before(self, keys: Sequence[UUID]) -> dict[str, str]:
        """The former targets of the addresses of some keys."""
        links = (entry_link(locale, key) for key in keys for locale in LANGUAGES)
        found = ((link, self.place.target_of(link)) for link in links)
        return {link: target for link, target in found if target is not None}

    def _leave(self, before: dict[str, str], targets: Sequence[EntryTarget]) -> None:
        """Removes the addresses that lead nowhere any more; pages first, then entries."""
        now = {entry_link(one.locale, one.key): one.document.folder for one in targets}
        unused = set(before.values()) - set(now.values())
        former = [self._body(folder) for folder in unused]
        pages = {page for body in former if (page := _page_of(body)) is not None}
        for page in pages - pages_with_documents(pages):
            self.removed += self.place.remove(page_link(page))
        for link in before.keys() - now.keys():
            self.removed += self.place.remove(link)
        new = {one.document.folder for one in targets} - set(before.values())
        self.files_differ |= _urls(former) != _urls(map(self._body, new))
        self.unused |= unused

    def _body(self, folder: str) -> bytes:
        try:
            return (self.place.root / folder / DOCUMENT).read_bytes()
        except OSError:
            return b""


def _size(path: str) -> int | None:
    """In bytes; ``None`` where there is no file."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - a hundred thousand times
    except OSError:
        return None


def _page_of(body: bytes) -> int | None:
    """The id of the page that a document is of; the feed does not say it of one made anew."""
    try:
        document: dict[str, Any] = json.loads(body)
    except ValueError:
        return None
    return int(document["id"]) if document.get("path") and "id" in document else None


def _urls(bodies: Iterable[bytes]) -> set[bytes]:
    return {url for body in bodies for url in _URL.findall(body)}


def remove_unused(addresses: Addresses) -> None:
    """Removes stored documents to which nothing leads, once everything else is done.

    By then whoever had followed a link has opened the file.
    """
    for folder in addresses.unused:
        if folder.startswith(f"{STORED}/"):
            addresses.place.remove_stored(folder)
