"""Questions with answers that open one by one."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.content.blocks.paragraph import ParagraphBlock
from cms.content.field_notes import Note


class AccordionItemBlock(blocks.StructBlock):
    """A question with its answer: ``{"title": str, "text": HTML}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = ParagraphBlock(label=_("Text"))

    notes: ClassVar = {
        "title": Note("The question.", "Who may apply?"),
        "text": Note("The answer, as HTML."),
    }

    class Meta:
        icon = "help"
        label = _("Item")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    """Questions that open one by one: ``{"items": [item]}``."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    notes: ClassVar = {
        "items": Note("Questions with answers, in order."),
    }

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "content/blocks/accordion.html"
