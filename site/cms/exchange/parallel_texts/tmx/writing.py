"""A parallel corpus as TMX 1.4b: what readers see, in all languages, for everybody to learn from.

Only what is translated, live and not out of date, in whichever languages it is; a string that is
translated into none is left out. Each unit says of which page it is, each variant when it was last
changed and whether somebody still has to read it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from lxml import etree

from cms.common.progress import ReportDone
from cms.common.site_address import site_address
from cms.exchange.formats.tmx_writing import (
    add_property,
    add_variant,
    header_element,
    moment,
    written,
)
from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import LIVE, ParallelQuery, ParallelString
from cms.languages.registry import SOURCE_LANGUAGE_CODE

CONTENT_TYPE: Final = "application/x-tmx+xml"
FORMAT: Final = 1
"""Counts up when the same texts are to be written otherwise: what is kept is then made anew."""


def corpus(query: ParallelQuery) -> Iterator[bytes]:
    """The whole file in pieces.

    Args:
        query: languages and types; whoever asks, nothing but what is public is in it.
    """
    return written(_header(query), _units(query, lambda done: None))


def write_corpus(query: ParallelQuery, path: Path, progress: ReportDone) -> int:
    """Writes the corpus into a file; returns how many strings it has."""
    number = 0

    def counted() -> Iterator[Any]:
        nonlocal number
        for unit in _units(query, progress):
            number += 1
            yield unit

    with path.open("wb") as file:
        for piece in written(_header(query), counted()):
            file.write(piece)
    return number


def _header(query: ParallelQuery) -> Any:
    properties = {
        "x-languages": " ".join([SOURCE_LANGUAGE_CODE, *query.languages]),
        "x-site": site_address(),
    }
    return header_element(SOURCE_LANGUAGE_CODE, timezone.now(), properties)


def _units(query: ParallelQuery, progress: ReportDone) -> Iterator[Any]:
    public = replace(query, open_languages=frozenset())
    for done, strings in enumerate(parallel_strings(public), start=1):
        number = 0
        for string in strings:
            if any(text.status in LIVE for text in string.texts.values()):
                number += 1
                yield _unit(string, number)
        progress(done)


def _unit(string: ParallelString, number: int) -> Any:
    live = {code: text for code, text in string.texts.items() if text.status in LIVE}
    changed: list[datetime] = [text.changed_at for text in live.values() if text.changed_at]
    element = etree.Element(
        "tu", {"tuid": f"{string.key}-{number}", "changedate": moment(max(changed))}
    )
    add_property(element, "x-key", str(string.key))
    add_property(element, "x-type", string.type)
    if string.path:
        add_property(element, "x-page", string.path)
    add_property(element, "x-title", string.title)
    add_property(element, "x-path", string.place)
    add_property(element, "x-field", string.label)
    add_variant(element, SOURCE_LANGUAGE_CODE, string.source)
    for code, text in live.items():
        dated = {"changedate": moment(text.changed_at)} if text.changed_at else {}
        add_variant(element, code, text.text, dated, {"x-state": text.state})
    return element
