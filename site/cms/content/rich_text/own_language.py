"""Leaves out of what a form sends the marks that say the language of the page itself."""

from collections.abc import Iterable
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from cms.content.rich_text.language_parts import without_marks


def without_own_marks(value: Any, language: str) -> Any:
    """A field's value without marks of a language; what holds rich text is changed in place."""
    if isinstance(value, str):
        return without_marks(value, language)
    if isinstance(value, RichText):
        value.source = without_marks(value.source, language)
    for held in _held(value):
        without_own_marks(held, language)
    return value


def _held(value: Any) -> Iterable[Any]:
    """The values in a block that are more than text."""
    if isinstance(value, StreamValue):
        return (child.value for child in value)
    if isinstance(value, StructValue):
        return (held for held in value.values() if not isinstance(held, str))
    return value if isinstance(value, ListValue) else ()
