"""Choosers whose choice is the same in every language.

wagtail-localize would ask for a translation of a chosen snippet before the page may be
published. Ours keeps the choice; the API leads to the right language when it is read.
"""

from typing import Any

from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class SynchronisedChoice:
    """For a chooser block: nothing of it is for a translator."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """No segments: wagtail-localize asks each block for its own."""
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """The choice as the source page has it."""
        return value


class SnippetRelationBlock(SynchronisedChoice, SnippetChooserBlock):
    """A snippet."""


class DocumentRelationBlock(SynchronisedChoice, DocumentChooserBlock):
    """A file."""
