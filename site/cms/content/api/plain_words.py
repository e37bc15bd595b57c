"""The words of a document, as plain text, for searching."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from cms.content.api.document_texts import texts_of_document
from cms.content.api.references.preparation import resolver_of
from cms.translation.comparison import readable
from cms.translation.texts.extraction import TITLE_PATH

OtherLanguages = list[tuple[int, int, str]]
"""Where a text is in another language than its document: from, to (characters), code."""


def words_of(owner: Any) -> tuple[str, OtherLanguages]:
    """Every text of a page or snippet but what it is called, a line each.

    Returns:
        The text, and the parts of it that are in another language than the document.
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
    resolver = resolver_of(owner)
    name = TITLE_PATH if isinstance(owner, Page) else type(owner).relation_title_field
    for text in texts_of_document(owner):
        if text.content_path == name:
            continue
        for string in text.strings:
            code = resolver.text_language(text.content_path, [string])
            yield readable(string), code if code != resolver.language else None


def title_of(owner: Any) -> str:
    """The title of a page, or the name of a snippet."""
    name = "title" if isinstance(owner, Page) else type(owner).relation_title_field
    return str(getattr(owner, name))
