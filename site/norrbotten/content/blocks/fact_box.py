"""Facts set apart from the running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from norrbotten.content.blocks.paragraph import ParagraphBlock


class FactBoxBlock(blocks.StructBlock):
    """``{"title": str, "text": HTML}``."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        label_format = "{title}"
        template = "content/blocks/fact_box.html"
