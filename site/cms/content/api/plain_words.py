"""The words of a document, as plain text, for searching."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from cms.content.api.language_map import document_texts
from cms.content.api.references.preparation import resolver_of
from cms.content.api.references.relations import translated_relation_fields
from cms.translation.comparison import readable

_TITLE_PATH = "title"

OtherLanguages = list[tuple[int, int, str]]
"""Where a text is in another language than its document: from, to (characters), code."""


def words_of(owner: Any) -> tuple[str, OtherLanguages]:
    """Every text of a page or snippet but what it is called, a line each.

    Returns:
        The text, and the parts of it that are still in the source language.
    """
    lines: list[str] = []
    other_languages: OtherLanguages = []
    length = 0
    for line, code in _lines(owner):
        if code is not None:
            other_languages.append((length, length + len(line), code))
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines), other_languages


def _lines(owner: Any) -> Iterator[tuple[str, str | None]]:
    """Each text, with the code of its language where that is another than the document's."""
    progress = resolver_of(owner).progress
    source_language = progress.source_language if progress else None
    if isinstance(owner, Page):
        for text in document_texts(owner):
            if text.content_path == _TITLE_PATH:
                continue
            for string in text.strings:
                in_source = progress is not None and progress.is_source(text.content_path, string)
                yield readable(string), source_language if in_source else None
        return
    model: Any = type(owner)
    for name in translated_relation_fields(model):
        if value := getattr(owner, name):
            yield value, progress.language_of(name, value) if progress else None


def title_of(owner: Any) -> str:
    """The title of a page, or the name of a snippet."""
    name = "title" if isinstance(owner, Page) else type(owner).relation_title_field
    return str(getattr(owner, name))
