"""The texts of a page or fact, as whoever serves them finds them."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Final, NamedTuple

TITLE_PATH: Final = "title"
"""The content path of a page's title."""


class FieldText(NamedTuple):
    """A text of a page or fact.

    Attributes:
        path: content path as wagtail-localize writes it (``title``, ``body.<block id>.text``).
        strings: its segments, as wagtail-localize cuts them.
        is_title: whether others show it: the title of a page, the name of a fact.
    """

    path: str
    strings: list[str]
    is_title: bool = False


Extract = Callable[[Any], Iterable[FieldText]]

_extract: list[Extract] = []


def register_extraction(extract: Extract) -> None:
    """Says how the texts of pages and facts are found; the content room does, once."""
    _extract[:] = [extract]


def texts_of(instance: Any) -> Iterable[FieldText]:
    """Every text that the document of a page or fact shows as its own, translatable or not."""
    [extract] = _extract
    return extract(instance)


def plain_string(text: str) -> str:
    """A plain text in the form in which wagtail-localize stores it."""
    return escape(text, quote=False).replace("\n", "<br/>")


def field_of(path: str) -> str:
    """The field of a content path. Ids of blocks may be new or missing; the field stays."""
    return path.split(".", 1)[0]
