"""Requires alternative text: an image is described, or marked as decorative.

The image that stands for a page is checked here. For an image in running content the same rule is
kept by Wagtail's ``ImageBlock``, of which :mod:`cms.content.blocks.image` makes a figure.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def require_alternative_text(field: str, text: str, *, is_decorative: bool) -> None:
    """Refuses an image with neither an alternative text nor the mark *decorative*.

    Args:
        field: name of the form's field for the text, at which the message stands.

    Raises:
        ValidationError: both are missing.
    """
    if text or is_decorative:
        return
    message = _("Describe the image, or mark it as decorative.")
    raise ValidationError({field: ValidationError(message, code="no_alt_text")})
