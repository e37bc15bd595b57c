"""An image with its caption."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from cms.content.field_notes import Note


class PictureBlock(ImageBlock):
    """An image; whether it is described is asked when it is published, not when it is saved."""

    def clean(self, value: Any) -> Any:
        """Refuses a block without an image alone."""
        try:
            self.child_blocks["image"].clean(value)
        except ValidationError as error:
            raise StructBlockValidationError(block_errors={"image": error}) from error
        return value


class FigureBlock(blocks.StructBlock):
    """An image, with its alternative text or the mark *decorative*, and its caption."""

    image = PictureBlock(label=_("Image"))
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
