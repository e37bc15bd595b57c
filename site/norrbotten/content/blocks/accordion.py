"""Questions with answers that open one by one."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from norrbotten.content.blocks.paragraph import ParagraphBlock


class AccordionItemBlock(blocks.StructBlock):
    """``{"title": str, "text": HTML}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Item")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    """``{"items": [item]}``."""

    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        template = "content/blocks/accordion.html"
