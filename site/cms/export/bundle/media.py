"""The files that documents show: originals, and the sizes and formats that they name."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.files.storage import default_storage
from wagtail.api.v2.utils import get_full_url

from cms.content.images.renditions import FILTERS, distinct, named
from cms.content.models import ContentDocument, ContentImage, ContentRendition
from cms.content.visibility import public_files

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it lies in the storage.

    Attributes:
        name: its name there, which it has in the bundle below ``media/``.
        url: the address by which documents name it.
    """

    name: str
    url: str


def media_files(images: Iterable[int] | None, files: Iterable[int] | None) -> Iterator[MediaFile]:
    """Originals and renditions, each once, by name.

    Args:
        images, files: ids of those that are shown, of which what lies in a restricted collection
            is left out; ``None`` for all there are, restricted ones too.
    """
    yield from _originals(_chosen(ContentImage, images))
    yield from _renditions(_chosen(ContentImage, images))
    yield from _documents(_chosen(ContentDocument, files))


def original_files(
    images: Iterable[int] | None, files: Iterable[int] | None
) -> Iterator[MediaFile]:
    """The files that somebody put there, without what is made of them: see :func:`media_files`."""
    yield from _originals(_chosen(ContentImage, images))
    yield from _documents(_chosen(ContentDocument, files))


def _originals(images: Any) -> Iterator[MediaFile]:
    for image in images.order_by("file").iterator():
        yield MediaFile(image.file.name, _address(image.file.url))


def _documents(documents: Any) -> Iterator[MediaFile]:
    for document in documents.order_by("file").iterator(chunk_size=500):
        yield MediaFile(document.file.name, _address(document.url))


def _renditions(images: Any) -> Iterator[MediaFile]:
    """Those that documents name, image by image."""
    rows = ContentRendition.objects.filter(image__in=images.values("pk"), filter_spec__in=FILTERS)
    ordered = rows.order_by("image__file", "image", "filter_spec").iterator(chunk_size=500)
    for _image, group in groupby(ordered, key=attrgetter("image_id")):
        by_filter = {rendition.filter_spec: rendition for rendition in group}
        sizes = [one for one in named(by_filter).values() if one is not None]
        for rendition in (*distinct(by_filter), *sizes):
            yield MediaFile(rendition.file.name, _address(rendition.url))


def pieces(name: str) -> Iterator[bytes]:
    """A file's bytes.

    Raises:
        OSError: it is not there, or cannot be read.
    """
    with default_storage.open(name) as file:
        yield from file.chunks(_PIECE)


def is_there(name: str) -> bool:
    """Tells whether the storage has the file; a lost one shall not keep all else from leaving."""
    return bool(default_storage.exists(name))


def size_of(name: str) -> int:
    """Bytes of a file."""
    return int(default_storage.size(name))


def digest_of(name: str) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    for piece in pieces(name):
        digest.update(piece)
    return digest.hexdigest()


def _chosen(model: Any, identities: Iterable[int] | None) -> Any:
    if identities is None:
        return model.objects.all()
    return public_files(model).filter(pk__in=list(identities))


def _address(url: str) -> str:
    return str(get_full_url(None, url))
