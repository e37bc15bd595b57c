"""The words around a match."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from django.utils.html import format_html, format_html_join

from cms.delivery.search.matching import Stems
from cms.delivery.search.query import Term
from cms.delivery.search.text import OtherLanguages
from cms.delivery.search.words import Word, words_of

EXCERPT_LENGTH: Final = 200
"""Characters, more or less."""
_BEFORE_THE_MATCH: Final = 60
# A stem is what an ending was taken from, and endings are short.
_LONGEST_ENDING: Final = 5
_SPACE: Final = re.compile(r"\s+")


def excerpt(
    text: str,
    terms: Sequence[Term],
    code: str,
    stems: Stems,
    other_languages: OtherLanguages = (),
) -> str:
    """Return a part of ``text`` around the first match, as HTML.

    What was searched for stands in ``<mark>``, where it was found without its marks as well;
    everything else is escaped. Words are whole, and ``…`` stands where text is left out. Without
    a match, it is the beginning of the text.

    Args:
        other_languages: the parts of ``text`` that get a ``<span lang="…">``: they are in another
            language than the document.
    """
    marked: list[tuple[int, int]] = []
    start, end = _window(text, 0, 0)
    seen: list[Word] = []
    for word in words_of(text, code):
        if marked and word.start >= end:
            break
        seen.append(word)
        for term in terms:
            matched = seen[-len(term.folded) :]
            if _matches(term, matched, stems):
                if not marked:
                    start, end = _window(text, matched[0].start, matched[-1].end)
                marked += [(found.start, found.end) for found in matched]
    return _html(text, start, end, marked, other_languages)


def _matches(term: Term, words: Sequence[Word], stems: Stems) -> bool:
    if len(words) < len(term.folded):
        return False
    *before, last = zip(words, term.folded, strict=True)
    return all(word.folded == folded for word, folded in before) and _is_like(term, *last, stems)


def _is_like(term: Term, word: Word, folded: str, stems: Stems) -> bool:
    forms = [form.folded for form in (word.forms[:1] if term.is_phrase else word.forms)]
    if folded in forms:
        return True
    if term.is_prefix and any(form.startswith(folded) for form in forms):
        return True
    return not term.is_phrase and any(
        form.startswith(stem) and len(form) - len(stem) <= _LONGEST_ENDING
        for form in forms
        for stem in stems.get(folded, ())
    )


def _window(text: str, start_of_match: int, end_of_match: int) -> tuple[int, int]:
    """The part of the text to show: from a word's beginning to a word's end."""
    start = max(0, start_of_match - _BEFORE_THE_MATCH)
    if start:
        space = _SPACE.search(text, start - 1, start_of_match)
        start = space.end() if space else start_of_match
    end = max(start + EXCERPT_LENGTH, end_of_match)
    if end >= len(text):
        return start, len(text)
    # Where there is a space at all: some scripts have none.
    spaces = [space.start() for space in _SPACE.finditer(text, end_of_match, end + 1)]
    return start, spaces[-1] if spaces else end


def _html(
    text: str,
    start: int,
    end: int,
    marked: list[tuple[int, int]],
    other_languages: OtherLanguages,
) -> str:
    places = sorted({place for place in marked if place[1] <= end})
    parts: list[str] = ["…"] if start else []
    shown = start
    for part_start, part_end, code in other_languages:
        if part_start < end and part_end > shown:
            here, there = max(part_start, shown), min(part_end, end)
            parts.append(_with_marks(text, shown, here, places))
            inner = _with_marks(text, here, there, places)
            parts.append(format_html('<span lang="{}">{}</span>', code, inner))
            shown = there
    parts.append(_with_marks(text, shown, end, places))
    if end < len(text):
        parts.append("…")
    return format_html_join("", "{}", ((part,) for part in parts))


def _with_marks(text: str, start: int, end: int, places: list[tuple[int, int]]) -> str:
    """A part of the text, with the marks that lie within it."""
    within = [place for place in places if start <= place[0] and place[1] <= end]
    parts: list[str] = []
    for (_, end_of_one), (start_of_next, end_of_next) in pairwise(
        [(start, start), *within, (end, end)]
    ):
        parts.append(_SPACE.sub(" ", text[end_of_one:start_of_next]))
        if end_of_next > start_of_next:
            parts.append(format_html("<mark>{}</mark>", text[start_of_next:end_of_next]))
    return format_html_join("", "{}", ((part,) for part in parts))
