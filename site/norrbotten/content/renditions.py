"""Which sizes and formats of an image other sites get, and how they come to exist."""

import logging
from collections.abc import Iterable
from typing import Any

from wagtail.images.models import SourceImageIOError

from norrbotten.content.models import ContentImage, ContentRendition

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1600)
"""Pixels: a telephone, a tablet, a wide screen."""

FILTERS = tuple(
    f"width-{width}{ending}" for ending in ("|format-webp", "") for width in WIDTHS
)
"""WebP first, which every current browser reads, then the image's own format."""

SERVED = "served_renditions"


def renditions_of(images: Any) -> dict[int, ContentImage]:
    """The images of a queryset by id, each with its renditions in ``served_renditions``.

    Two queries when every rendition exists. One that is missing (a new filter, a lost row) is
    made on the way and kept. An image whose file is gone has none.
    """
    found: dict[int, ContentImage] = {}
    for image in images.prefetch_renditions(*FILTERS):
        try:
            by_filter = image.get_renditions(*FILTERS)
        except (SourceImageIOError, OSError):
            logger.warning("The file of image %d (%s) cannot be read.", image.pk, image.file.name)
            by_filter = {}
        setattr(image, SERVED, _distinct(by_filter[name] for name in FILTERS if name in by_filter))
        found[image.pk] = image
    return found


def _distinct(renditions: Iterable[ContentRendition]) -> list[ContentRendition]:
    """Leaves out sizes that are the same because the original is not wide enough."""
    distinct: dict[tuple[str, int], ContentRendition] = {}
    for rendition in renditions:
        distinct.setdefault((file_format(rendition), rendition.width), rendition)
    return list(distinct.values())


def file_format(rendition: ContentRendition) -> str:
    """``webp``, ``jpeg``, ``png``, … after the ending of the file."""
    ending = rendition.file.name.rsplit(".", 1)[-1].lower()
    return "jpeg" if ending == "jpg" else ending
