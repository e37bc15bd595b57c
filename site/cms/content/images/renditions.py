"""Sizes and formats of an image that other sites get, and their making."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping

from wagtail.images.models import Filter, SourceImageIOError

from cms.content.models import ContentImage, ContentRendition
from cms.content.visibility import public_files

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1600)
"""Pixels: a telephone, a tablet, a wide screen."""

FILTERS = tuple(f"width-{width}{ending}" for ending in ("|format-webp", "") for width in WIDTHS)
"""WebP first, which every current browser reads, then the image's own format."""

SERVED = "served_renditions"


def images_with_renditions(identities: Iterable[int]) -> dict[int, ContentImage]:
    """Public images by id, each with its renditions in ``served_renditions``.

    One query when every rendition exists. One that is missing (a new image or filter, a lost
    row) is made on the way and kept. An image whose file is gone has none.
    """
    wanted = set(identities)
    made: dict[int, dict[str, ContentRendition]] = defaultdict(dict)
    images: dict[int, ContentImage] = {}
    for rendition in ContentRendition.objects.filter(
        image__in=public_files(ContentImage).filter(pk__in=wanted), filter_spec__in=FILTERS
    ).select_related("image"):
        image = images.setdefault(rendition.image_id, rendition.image)
        rendition.image = image
        if rendition.focal_point_key == Filter(rendition.filter_spec).get_cache_key(image):
            made[image.pk][rendition.filter_spec] = rendition
    missing = wanted - {identity for identity in made if len(made[identity]) == len(FILTERS)}
    if missing:
        for image in public_files(ContentImage).filter(pk__in=missing):
            images[image.pk] = image
            made[image.pk] = make_renditions(image)
    for identity, image in images.items():
        by_filter = made[identity]
        setattr(image, SERVED, distinct(by_filter))
    return images


def make_renditions(image: ContentImage) -> dict[str, ContentRendition]:
    """Every rendition that other sites may ask for, by filter; none if the file is gone."""
    try:
        renditions: dict[str, ContentRendition] = image.get_renditions(*FILTERS)
    except (SourceImageIOError, OSError):
        logger.warning("The file of image %d (%s) cannot be read.", image.pk, image.file.name)
        return {}
    return renditions


def distinct(by_filter: Mapping[str, ContentRendition]) -> list[ContentRendition]:
    """Those that documents name: sizes that are the same stand once.

    An original that is not wide enough has several of them.
    """
    found: dict[tuple[str, int], ContentRendition] = {}
    for rendition in (by_filter[name] for name in FILTERS if name in by_filter):
        found.setdefault((file_format(rendition), rendition.width), rendition)
    return list(found.values())


def file_format(rendition: ContentRendition) -> str:
    """``webp``, ``jpeg``, ``png``, … after the ending of the file."""
    ending = rendition.file.name.rsplit(".", 1)[-1].lower()
    return "jpeg" if ending == "jpg" else ending
