"""Collections: types of pages that other sites list by what their documents say, such as stories.

An application registers its collections before the addresses of the API are made. Delivery stores
the facets of each document beside it, and answers the list; it knows no type by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

Document = dict[str, Any]
"""A document as other sites get it, as JSON values."""

LONGEST_VALUE: Final = 100
RANK: Final = "rank"
"""The facet by which a collection is in order; see :attr:`Collection.rank`."""


@dataclass(frozen=True)
class KeyFilter:
    """A filter by what a document leads to.

    Attributes:
        types: labels of the types whose keys are its values.
        keys: of a document: the keys of what it leads to.
        code: the member of a document of ``types`` by which it may be named instead of its key;
            empty where there is none.
    """

    name: str
    description: str
    types: tuple[str, ...]
    keys: Callable[[Document], Iterable[str]]
    code: str = ""


@dataclass(frozen=True)
class ChoiceFilter:
    """A filter by one of a few values."""

    name: str
    description: str
    choices: tuple[str, ...]
    value: Callable[[Document], str]


@dataclass(frozen=True)
class YearFilter:
    """A filter by a year, and by the first and the last of several.

    Attributes:
        value: of a document: its year; ``None`` for one without.
    """

    name: str
    description: str
    first: int
    last: int
    value: Callable[[Document], int | None]


@dataclass(frozen=True)
class Collection:
    """A list of the documents of one type.

    Attributes:
        name: of its address, ``stories``.
        type: label of the type.
        rank: of a document: a text by whose order the newest one is the last.
    """

    name: str
    type: str
    summary: str
    description: str
    rank: Callable[[Document], str]
    keys: tuple[KeyFilter, ...] = ()
    choices: tuple[ChoiceFilter, ...] = ()
    years: tuple[YearFilter, ...] = ()
    types_with_codes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        codes = {one: keyed.code for keyed in self.keys if keyed.code for one in keyed.types}
        object.__setattr__(self, "types_with_codes", codes)


_collections: dict[str, Collection] = {}


def register_collection(collection: Collection) -> None:
    """Adds a collection; once for each name."""
    _collections[collection.name] = collection


def registered_collections() -> tuple[Collection, ...]:
    """All collections, in the order in which they were registered."""
    return tuple(_collections.values())


def has_facets(label: str) -> bool:
    """Tells whether documents of a type have facets."""
    return any(label == one.type or label in one.types_with_codes for one in _collections.values())


def facets_of(label: str, document: Document) -> frozenset[tuple[str, str]]:
    """The facets of a document of a type: names and values, by which lists find it."""
    found: set[tuple[str, str]] = set()
    for collection in _collections.values():
        if label == collection.type:
            found |= _of_member(collection, document)
        if (code := collection.types_with_codes.get(label)) and document[code]:
            found.add((code, str(document[code])[:LONGEST_VALUE]))
    return frozenset(found)


def _of_member(collection: Collection, document: Document) -> set[tuple[str, str]]:
    found = {(RANK, collection.rank(document)[:LONGEST_VALUE])}
    for keyed in collection.keys:
        found |= {(keyed.name, key) for key in keyed.keys(document)}
    for choice in collection.choices:
        found.add((choice.name, choice.value(document)))
    for yearly in collection.years:
        if (year := yearly.value(document)) is not None:
            found.add((yearly.name, year_value(year)))
    return found


def year_value(year: int) -> str:
    """A year as a facet: texts of one length are in the order of their numbers."""
    return f"{year:04d}"


def moment_value(moment: str | None) -> str:
    """A moment of a document as a part of a rank; the earliest where there is none."""
    if moment is None:
        return ""
    return datetime.fromisoformat(moment).isoformat(timespec="microseconds")
