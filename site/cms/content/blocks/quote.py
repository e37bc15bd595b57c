"""A quotation."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.synchronised import NameBlock
from cms.content.field_notes import Note


class QuoteBlock(blocks.StructBlock):
    """What somebody said: ``{"text": str, "name": str, "role": str}``."""

    text = blocks.TextBlock(label=_("Text"), help_text=_("Without quotation marks."))
    name = NameBlock(label=_("Name"), max_length=255, required=False)
    role = blocks.CharBlock(label=_("Role"), max_length=255, required=False)

    notes: ClassVar = {
        "text": Note("What was said, without quotation marks.", "Here I can breathe."),
        "name": Note("Who said it; empty where nobody is named.", "Anna Andersson"),
        "role": Note("What that person does; empty where it is not told.", "Teacher in Kiruna"),
    }

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{name}: {text}"
        template = "content/blocks/quote.html"
