"""Facts set apart from the running text."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.paragraph import ParagraphBlock
from cms.content.field_notes import Note


class FactBoxBlock(blocks.StructBlock):
    """Facts set apart: ``{"title": str, "text": HTML}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = ParagraphBlock(label=_("Text"))

    notes: ClassVar = {
        "title": Note("What the facts are about.", "In short"),
        "text": Note("The facts, as HTML."),
    }

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        label_format = "{title}"
        template = "content/blocks/fact_box.html"
