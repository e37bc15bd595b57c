"""What a document says in words, as plain text, for searching."""

from typing import Any

from wagtail.models import Page

from norrbotten.content.api.language_map import document_texts
from norrbotten.content.api.relations import translated_relation_fields
from norrbotten.translation.comparison import readable

_TITLE_PATH = "title"


def words_of(owner: Any) -> str:
    """Every text of a page or snippet but what it is called, a line each."""
    if isinstance(owner, Page):
        return "\n".join(
            readable(string)
            for text in document_texts(owner)
            if text.content_path != _TITLE_PATH
            for string in text.strings
        )
    model: Any = type(owner)
    texts = (getattr(owner, name) for name in translated_relation_fields(model))
    return "\n".join(text for text in texts if text)


def title_of(owner: Any) -> str:
    """What a page or snippet is called."""
    name = "title" if isinstance(owner, Page) else type(owner).relation_title_field
    return str(getattr(owner, name))
