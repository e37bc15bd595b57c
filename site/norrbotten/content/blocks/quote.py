"""What somebody said."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from norrbotten.content.blocks.synchronised import NameBlock


class QuoteBlock(blocks.StructBlock):
    """``{"text": str, "name": str, "role": str}``."""

    text = blocks.TextBlock(label=_("Text"), help_text=_("Without quotation marks."))
    name = NameBlock(label=_("Name"), max_length=255, required=False)
    role = blocks.CharBlock(label=_("Role"), max_length=255, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        label_format = "{name}: {text}"
        template = "content/blocks/quote.html"
