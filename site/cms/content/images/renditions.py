"""Sizes and formats of an image that other sites get, and their making.

They are made behind: by the worker after an upload, by ``import_content`` and ``published rebuild``
themselves. Whoever renders a document makes none, and shows those that are there. Until they are
made, and where none can be, the original stands for them.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from wagtail.images.models import Filter, SourceImageIOError

from cms.common.progress import ReportProgress, silent
from cms.content.images.sizes import image_sizes
from cms.content.models import ContentImage, ContentRendition
from cms.content.visibility import public_files

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1600)
"""Pixels: a telephone, a tablet, a wide screen."""

WIDTH_FILTERS: Final = tuple(
    f"width-{width}{ending}" for ending in ("|format-webp", "") for width in WIDTHS
)
"""WebP first, which every current browser reads, then the image's own format."""

FILTERS: Final = (*WIDTH_FILTERS, *image_sizes().values())
"""All that documents name of an image."""

ADMIN_FILTERS: Final = ("max-165x165", "max-800x600")
"""Sizes in which lists of the admin, and the form of an image, show one."""

SERVED = "served_renditions"
NAMED = "named_renditions"

_MOST_OF_WEBP: Final = 16_383
"""Pixels on each side: a WebP has fourteen bits for them."""

_NOT_IN_BROWSERS: Final = frozenset({"heic", "heif"})


class OriginalFile:
    """An original in the place of renditions; its members are those of a rendition."""

    def __init__(self, image: ContentImage) -> None:
        self.file: Any = image.file
        self.width, self.height = image.width, image.height

    @property
    def url(self) -> str:
        """Its address."""
        return str(self.file.url)


Served = ContentRendition | OriginalFile


def images_with_renditions(identities: Iterable[int]) -> dict[int, ContentImage]:
    """Public images by id, each with what is served of it.

    That is ``served_renditions``, and by name ``named_renditions``.

    One query where each has renditions, and one more where one has none. Nothing is made.
    """
    wanted = set(identities)
    made: dict[int, dict[str, ContentRendition]] = defaultdict(dict)
    images: dict[int, ContentImage] = {}
    public = public_files(ContentImage)
    for rendition in ContentRendition.objects.filter(
        image__in=public.filter(pk__in=wanted), filter_spec__in=FILTERS
    ).select_related("image"):
        image = images.setdefault(rendition.image_id, rendition.image)
        rendition.image = image
        if is_current(rendition, image):
            made[image.pk][rendition.filter_spec] = rendition
    if without := wanted - made.keys():
        images |= {image.pk: image for image in public.filter(pk__in=without)}
    for identity, image in images.items():
        setattr(image, SERVED, distinct(made[identity]) or original_of(image))
        setattr(image, NAMED, named(made[identity]))
    return images


def is_current(rendition: ContentRendition, image: ContentImage) -> bool:
    """Tells whether it is what its filter makes of the image, as it is marked now."""
    return bool(rendition.focal_point_key == Filter(rendition.filter_spec).get_cache_key(image))


def original_of(image: ContentImage) -> list[Served]:
    """The original, where it is there and browsers show its format."""
    shown = OriginalFile(image)
    is_shown = file_format(shown) not in _NOT_IN_BROWSERS
    return [shown] if is_shown and size_of_stored(image.file.name) else []


def possible_filters(image: ContentImage, filters: Iterable[str] = FILTERS) -> list[str]:
    """Those filters that make something of the image: a WebP has a longest side."""
    return [
        name
        for name in filters
        if "format-webp" not in name or max(_size_by(name, image)) <= _MOST_OF_WEBP
    ]


def _size_by(name: str, image: ContentImage) -> tuple[int, int]:
    width, height = Filter(name).get_transform(image).size
    return int(width), int(height)


def make_renditions(image: ContentImage) -> dict[str, ContentRendition]:
    """Makes what is missing of the renditions that documents show; returns all, by filter.

    What the storage has lost is made anew. One that cannot be made keeps the others from nothing.
    Files are made first; then they are stored in one transaction, and documents follow.
    """
    kept = _made_already(image)
    lost = {name: one for name, one in kept.items() if not size_of_stored(one.file.name)}
    for name in lost:
        del kept[name]
    missing = [name for name in possible_filters(image) if name not in kept]
    if missing and not size_of_stored(image.file.name):
        logger.warning("The file of image %d (%s) is missing.", image.pk, image.file.name)
        missing = []
    made: dict[str, Any] = {}
    for name in missing:
        try:
            made[name] = image.generate_rendition_file(Filter(name))
        except SourceImageIOError as error:
            logger.warning(
                "%s cannot be made of image %d (%s): %s", name, image.pk, image.file.name, error
            )
    return kept | image.store_renditions(made, lost) if made or lost else kept


def make_all_renditions(advance: ReportProgress = silent) -> Iterator[str]:
    """Makes what is missing of the renditions of all images; names those of which none can be made.

    Args:
        advance: is told now and then how many images were looked at, of how many.
    """
    ids = list(ContentImage.objects.order_by("pk").values_list("pk", flat=True))
    for done, pk in enumerate(ids, start=1):
        # One that went meanwhile needs none.
        image = ContentImage.objects.filter(pk=pk).first()
        if image is not None and len(make_renditions(image)) < len(possible_filters(image)):
            yield (
                f"Image {pk} ({image.title!r}): not all renditions can be made of "
                f"{image.file.name}. Bring it back from a backup, or replace it."
            )
        advance(done, len(ids))


def make_for_admin(image: ContentImage) -> None:
    """Makes the sizes that the admin shows, so that a list of many images makes none."""
    for name in ADMIN_FILTERS:
        try:
            image.get_rendition(name)
        except SourceImageIOError as error:
            logger.warning("%s cannot be made of image %d: %s", name, image.pk, error)


def _made_already(image: ContentImage) -> dict[str, ContentRendition]:
    return {
        rendition.filter_spec: rendition
        for rendition in image.renditions.filter(filter_spec__in=FILTERS)
        if is_current(rendition, image)
    }


def distinct(by_filter: Mapping[str, ContentRendition]) -> list[Served]:
    """Those of several widths: sizes that are the same stand once.

    An original that is not wide enough has several of them.
    """
    found: dict[tuple[str, int], Served] = {}
    for rendition in (by_filter[name] for name in WIDTH_FILTERS if name in by_filter):
        found.setdefault((file_format(rendition), rendition.width), rendition)
    return list(found.values())


def named(by_filter: Mapping[str, ContentRendition]) -> dict[str, ContentRendition | None]:
    """Those that have a name, by it; ``None`` for one that is not made, or not yet."""
    return {name: by_filter.get(filter_spec) for name, filter_spec in image_sizes().items()}


def file_format(rendition: Served) -> str:
    """``webp``, ``jpeg``, ``png``, … after the ending of the file."""
    ending = str(rendition.file.name).rsplit(".", 1)[-1].lower()
    return "jpeg" if ending == "jpg" else ending


def size_of_stored(name: str) -> int | None:
    """Bytes of a stored file; ``None`` where the storage has none."""
    try:
        return int(default_storage.size(name))
    except (OSError, ValueError, SuspiciousOperation):
        return None
