"""The list of contents of a long page, made of its headings."""

import re
from typing import Final, NamedTuple

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

FEWEST_IN_CONTENTS: Final = 4
"""Headings from which a page has a list of contents."""
_HEADING: Final = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<text>.*?)</h2>", re.DOTALL)
_ID: Final = re.compile(r'\sid="([^"]*)"')
_LANGUAGE: Final = re.compile(r'\s(?:lang|dir)="[^"]*"')


class ContentsHeading(NamedTuple):
    """A heading of the second level.

    Attributes:
        marks: its ``lang`` and ``dir``, with a space before them.
        text: HTML.
    """

    id: str
    marks: SafeString
    text: SafeString


def headings_with_ids(html: str) -> tuple[str, list[ContentsHeading]]:
    """A page of ours, its headings with ids that are made of their words, and these headings."""
    found: list[ContentsHeading] = []
    taken: set[str] = set(_ID.findall(html))

    def with_id(match: re.Match[str]) -> str:
        attributes, text = match["attributes"], match["text"].strip()
        if "<a " in text:
            # The heading of a card, which leads elsewhere.
            return match[0]
        there = _ID.search(attributes)
        name = there[1] if there else _free_name(strip_tags(text), taken)
        marks = SafeString("".join(_LANGUAGE.findall(attributes)))
        found.append(ContentsHeading(name, marks, SafeString(text)))
        return match[0] if there else f'<h2 id="{name}"{attributes}>{text}</h2>'

    return _HEADING.sub(with_id, html), found


def _free_name(text: str, taken: set[str]) -> str:
    """An id that is a word a person can read in an address, ``sa-arbetar-vi``."""
    wanted = slugify(text, allow_unicode=True)[:60] or "part"
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name
