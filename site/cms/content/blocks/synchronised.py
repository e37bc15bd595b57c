"""Blocks whose value is the same in every language.

wagtail-localize would ask for a translation of a chosen snippet before the page may be
published, and for one of every name. Ours keep the choice, which the API leads to the right
language when it is read, and the name.
"""

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class SynchronisedValue:
    """For a block: nothing of it is for a translator."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """No segments: wagtail-localize asks each block for its own."""
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """The value as the source page has it."""
        return value


class SnippetRelationBlock(SynchronisedValue, SnippetChooserBlock):
    """A snippet."""


class DocumentRelationBlock(SynchronisedValue, DocumentChooserBlock):
    """A file."""


class NameBlock(SynchronisedValue, blocks.CharBlock):
    """The name of a person or a company."""
