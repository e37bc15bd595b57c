"""Removes files and links that should not be in the mirror, in a run that looks at everything.

A piece at a time, so that memory does not grow with the mirror.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from cms.common.batches import batches
from cms.common.server_side_cursor import streamed
from cms.export.mirror.addressed_documents import AT_ONCE, keys_with_entries, pages_with_documents
from cms.export.mirror.atomic_writes import MirrorRoot
from cms.export.mirror.layout import (
    ENTRIES,
    EXPORTS,
    OPENAPI,
    PAGES,
    STORED,
    entries_folder,
    stored_folder,
    whole_of,
)

_LISTED = (
    "SELECT digest, language FROM delivery_publisheddocument WHERE listed ORDER BY digest, language"
)


def remove_stray_addresses(place: MirrorRoot, *, with_pages: bool) -> int:
    """Removes addresses at which the site has nothing, pages first; returns how many."""
    removed = 0
    for names in batches(place.names_in(PAGES), AT_ONCE):
        ids = {int(name): name for name in names if name.isascii() and name.isdecimal()}
        there = {ids[page] for page in pages_with_documents(ids.keys())} if with_pages else set()
        removed += _remove(place, PAGES, set(names) - there)
    for locale in list(place.names_in(ENTRIES)):
        folder = entries_folder(locale)
        for names in batches(place.names_in(folder), AT_ONCE):
            keys = {key: name for name in names if (key := _key(name)) is not None}
            there = {keys[key] for key in keys_with_entries(locale, keys.keys())}
            removed += _remove(place, folder, set(names) - there)
    return removed


def remove_stray_files(place: MirrorRoot, used: Iterable[str]) -> None:
    """Removes what is stored and is of no document.

    Args:
        used: folders of what is no document: exports, trees, descriptions.
    """
    folders_used = set(used)
    links = {folder for folder in folders_used if folder.startswith(f"{STORED}/")}
    kept = {whole_of(folder) for folder in folders_used}
    for link in links:
        _remove_beside(place, link, links)
    folders = _folders_of_documents()
    following = next(folders, None)
    for shard in sorted(place.names_in(STORED)):
        wanted: set[str] = set()
        while following is not None and following <= f"{STORED}/{shard}/~":
            wanted.add(whole_of(following))
            following = next(folders, None)
        there = {f"{STORED}/{shard}/{name}" for name in place.names_in(f"{STORED}/{shard}")}
        for folder in there - wanted - kept:
            place.remove(folder)
    for parent in (EXPORTS, OPENAPI):
        for folder in {f"{parent}/{name}" for name in place.names_in(parent)} - kept:
            place.remove(folder)


def _remove_beside(place: MirrorRoot, link: str, links: Collection[str]) -> None:
    """Removes other links of the same digest, of languages whose tree is another by now."""
    whole = whole_of(link)
    for name in list(place.names_in(whole)):
        other = f"{whole}/{name}"
        if other not in links and place.is_link(other):
            place.remove_stored(other)


def _folders_of_documents() -> Iterator[str]:
    """The folders of all documents, in order."""
    for rows in streamed(_LISTED, (), AT_ONCE):
        for digest, language in rows:
            yield stored_folder(digest, language)


def _remove(place: MirrorRoot, folder: str, names: Iterable[str]) -> int:
    return sum(place.remove(f"{folder}/{name}") for name in names)


def _key(name: str) -> Any:
    try:
        key = UUID(name)
    except ValueError:
        return None
    return key if str(key) == name else None
