"""Looks for the files that rows name: a row says that there is a file, and the storage knows."""

from collections.abc import Iterator
from typing import Any

from cms.common.progress import ReportProgress, silent
from cms.content.images.renditions import FILTERS, is_current, possible_filters, size_of_stored
from cms.content.models import ContentDocument, ContentImage

_REMEDY = "Bring it back from a backup, or replace it."


class FileCheck:
    """Compares images and documents with the storage.

    Attributes:
        files: how many originals and documents are missing, or are not what was stored.
        renditions: how many renditions are missing.
    """

    def __init__(self) -> None:
        self.files = self.renditions = 0

    def faults(self, advance: ReportProgress = silent) -> Iterator[str]:
        """Finds what is missing, a sentence for each image or document.

        Args:
            advance: is told now and then how many were looked at, of how many.
        """
        images = ContentImage.objects.order_by("pk")
        documents = ContentDocument.objects.order_by("pk")
        total, done = images.count() + documents.count(), 0
        for image in images.prefetch_renditions(*FILTERS).iterator(chunk_size=500):
            yield from self._faults_of_file(image, "Image")
            yield from self._faults_of_renditions(image)
            advance(done := done + 1, total)
        for document in documents.iterator(chunk_size=500):
            yield from self._faults_of_file(document, "Document")
            advance(done := done + 1, total)

    def summary(self) -> str:
        """The counts in a sentence; empty where nothing is missing."""
        if not (self.files or self.renditions):
            return ""
        return f"{self.files:,} files and {self.renditions:,} renditions are missing on the disk."

    def _faults_of_file(self, owner: Any, kind: str) -> Iterator[str]:
        size = size_of_stored(owner.file.name)
        about = f"{kind} {owner.pk} ({owner.title!r}): its file {owner.file.name}"
        if size is None:
            yield f"{about} is missing. {_REMEDY}"
        elif owner.file_size is not None and size != owner.file_size:
            yield f"{about} has {size:,} bytes, and {owner.file_size:,} were stored. {_REMEDY}"
        else:
            return
        self.files += 1

    def _faults_of_renditions(self, image: Any) -> Iterator[str]:
        wanted = possible_filters(image)
        current = [one for one in image.prefetched_renditions if is_current(one, image)]
        there = {one.filter_spec for one in current if size_of_stored(one.file.name)}
        about = f"Image {image.pk} ({image.title!r})"
        if missing := set(wanted) - there:
            self.renditions += len(missing)
            yield f"{about}: {len(missing)} of {len(wanted)} renditions are missing."
        if any(_lies_otherwise(one, image) for one in current):
            yield f"{about} lies on its side. Turn it with: manage.py clean_pictures"


def _lies_otherwise(rendition: Any, image: Any) -> bool:
    """Tells whether a rendition is broad where its image is high; what crops may be."""
    if rendition.filter_spec.startswith("fill-"):
        return False
    return bool((rendition.width - rendition.height) * (image.width - image.height) < 0)
