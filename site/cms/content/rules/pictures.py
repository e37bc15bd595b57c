"""Images: each is described, or marked as decorative."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.images.blocks import ImageBlock

from cms.common.characters import is_visible
from cms.content.pages import ImageMixin
from cms.content.rules.findings import Fault
from cms.content.rules.registry import advises, refuses

FILE_NAME: Final = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg)|(?:img|dsc|dscn|dscf|pxl|image|bild)"
    r"[-_ ]?\d{2,}\S*",
    re.IGNORECASE,
)
"""A description that says what a camera or a computer called the file."""


def undescribed() -> str:
    """The sentence on an image that nobody has described."""
    return _("Describe the image, or mark it as decorative.")


@refuses("image_undescribed", ImageMixin)
def look_for_description(page: Any) -> Iterator[Fault]:
    """Finds an image that stands for a page and is not described."""
    if page.image_id and not page.image_decorative and not is_visible(page.image_alt_text):
        yield Fault(undescribed(), ("image_alt_text",))


@refuses("image_undescribed", ImageBlock)
def look_for_description_in_block(value: Any) -> Iterator[Fault]:
    """Finds an image in running content that is not described."""
    if _is_to_be_described(value) and not is_visible(value.get("alt_text") or ""):
        yield Fault(undescribed(), ("alt_text",))


@advises("image_file_name", ImageMixin)
def look_for_file_name(page: Any) -> Iterator[Fault]:
    """Finds a description that is the name of a file."""
    if page.image_id and not page.image_decorative:
        yield from _named_like_a_file(page.image_alt_text, "image_alt_text")


@advises("image_file_name", ImageBlock)
def look_for_file_name_in_block(value: Any) -> Iterator[Fault]:
    """Finds a description in running content that is the name of a file."""
    if _is_to_be_described(value):
        yield from _named_like_a_file(value.get("alt_text") or "", "alt_text")


def _is_to_be_described(value: Any) -> bool:
    return bool(isinstance(value, dict) and value.get("image") and not value.get("decorative"))


def _named_like_a_file(text: str, field: str) -> Iterator[Fault]:
    if FILE_NAME.fullmatch(text.strip()):
        message = _("“%(text)s” is the name of a file. Say what the image shows.")
        yield Fault(message % {"text": text}, (field,))
