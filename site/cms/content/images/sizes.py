"""Sizes of an image that have a name: what other sites get beside the widths.

A site names its own in ``IMAGE_SIZES`` of the settings, each with a filter as Wagtail's templates
have it: ``{"square": "fill-600x600"}``. What crops keeps the focal point in the picture.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.conf import settings

SIZE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,30}")
"""A name that may be a member of an object in every client's language."""


def image_sizes() -> Mapping[str, str]:
    """The filter of each size, by its name."""
    sizes: Mapping[str, str] = settings.IMAGE_SIZES
    return sizes
