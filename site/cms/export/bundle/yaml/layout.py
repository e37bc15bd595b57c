"""The layout of a readable bundle: the file of each record.

``source/pages/sv/klimat.yaml`` is the page with the address ``klimat`` under the start page with
the address ``sv``, and what lies in the folder ``sv/klimat`` is below it.
"""

from pathlib import PurePosixPath
from typing import Final

from cms.content.order.ranks import OF_SOURCE, STRIDE, first_rank
from cms.export.bundle.editable.records import Record
from cms.export.bundle.editable.references import reference
from cms.languages.registry import SOURCE_LANGUAGE_CODE

READABLE: Final = "readable"
"""What the manifest says of the form."""

SITE: Final = "source/site.yaml"
FILES: Final = {"image": "source/images.yaml", "document": "source/documents.yaml"}
PAGES: Final = "source/pages"
SNIPPETS: Final = "source/snippets"
TRANSLATIONS: Final = "source/translations"
MEDIA: Final = "media"
ENDING: Final = ".yaml"

_LONGEST: Final = 200
"""Bytes of a name; file systems take some more."""


class PagePaths:
    """The places of pages in the folder of pages, given in the order of the tree."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._below: dict[str | None, int] = {}
        self._taken: set[str] = set()

    def place(self, record: Record) -> tuple[str, int]:
        """The path of a page without its ending, and which it is among those beside it, from 1."""
        above = record["parent"]
        name = reference(record["key"], record["locale"])
        slug = str(record["fields"]["slug"])
        if len(slug.encode()) > _LONGEST:
            slug = record["key"]
        path = f"{self._paths[above]}/{slug}" if above else slug
        # Some file systems take large and small letters for the same.
        if path.casefold() in self._taken:
            path = f"{path}.{record['key']}"
        self._taken.add(path.casefold())
        self._paths[name] = path
        self._below[above] = self._below.get(above, 0) + 1
        return path, self._below[above]

    def of(self, record: Record) -> str | None:
        """The path of a translated page; ``None`` for a snippet."""
        return self._paths.get(reference(record["key"], record["locale"]))


def rank_of(locale: str, order: int | None) -> int | None:
    """The rank of a page whose file gives it none, by its place among those beside it, from 1.

    A translation has that of its source.
    """
    if locale != SOURCE_LANGUAGE_CODE or order is None:
        return None
    rank = first_rank(OF_SOURCE) + (order - 1) * STRIDE
    return rank if OF_SOURCE.have(rank) else None


def says_nothing(locale: str, order: int, rank: int | None) -> bool:
    """Tells whether the file of a page can leave out its rank."""
    is_of_source = locale != SOURCE_LANGUAGE_CODE and OF_SOURCE.have(rank)
    return is_of_source or rank == rank_of(locale, order)


def above(path: str) -> str | None:
    """The path of the page in whose folder one lies; ``None`` for a start page."""
    parent = PurePosixPath(path).parent
    return None if parent == PurePosixPath() else str(parent)


def is_record_file(name: str) -> bool:
    """Tells whether a file is one of which records are read."""
    folders = (PAGES, SNIPPETS, TRANSLATIONS)
    is_below = any(name.startswith(f"{folder}/") for folder in folders)
    return name in (SITE, *FILES.values()) or (is_below and name.endswith(ENDING))


def is_of_bundle(name: str) -> bool:
    """Tells whether a file belongs into a readable bundle, by its name."""
    return is_record_file(name) or name.startswith(f"{MEDIA}/")
