"""An image with its caption."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.content.field_notes import Note


class FigureBlock(blocks.StructBlock):
    """An image, with its alternative text or the mark *decorative*, and its caption."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=255, required=False)

    notes: ClassVar = {
        "image": Note("The image, in several sizes; null where it is gone."),
        "caption": Note("What stands under the image; empty without any.", "The river in May."),
    }

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        template = "content/blocks/image.html"
