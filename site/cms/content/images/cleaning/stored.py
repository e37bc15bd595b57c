"""Cleans pictures that are stored already, from before they were cleaned as they came.

The file is replaced in its place, and then its row says what it is. A run that is interrupted
between the two is made up for by the next.
"""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import willow
from django.db import transaction

from cms.common.atomic_files import replaced_file
from cms.content.files.replacing import replace_content
from cms.content.images.cleaning.cleaning import CleanedPicture, NoPicture, clean
from cms.content.images.focal_point import scale_focal_point
from cms.content.images.renditions import make_renditions
from cms.content.models import ContentImage, ContentRendition


@dataclass(slots=True)
class CleanedCounts:
    """Counts of what was done.

    Attributes:
        looked_at: originals and renditions.
        cleaned: those that told more than they show.
        turned: those of them that stand upright now.
        positions: those of them that said where they were taken.
        described: rows that now say what their file is.
        absent: names of files that the storage has lost.
        damaged: names of files that cannot be read as pictures.
    """

    looked_at: int = 0
    cleaned: int = 0
    turned: int = 0
    positions: int = 0
    described: int = 0
    absent: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


class StoredCleaner:
    """Cleans one picture after the other.

    Args:
        is_trial: says what would be done, and does nothing.
    """

    def __init__(self, *, is_trial: bool = False) -> None:
        self.is_trial = is_trial
        self.counts = CleanedCounts()

    def clean_image(self, image: ContentImage) -> None:
        """Cleans an original; one that is turned gets new renditions, and its focal point."""
        found = self._cleaned(image.file)
        if found is None:
            return
        content, cleaned = found
        size = willow.Image.open(BytesIO(cleaned.content)).get_size()
        digest = hashlib.sha1(cleaned.content, usedforsecurity=False).hexdigest()
        sha256 = hashlib.sha256(cleaned.content).hexdigest()
        is_new = cleaned.content != content
        said = (image.file_hash, image.sha256, image.file_size, image.width, image.height)
        if not is_new and said == (digest, sha256, len(content), *size):
            return
        self.counts.described += 1
        if self.is_trial:
            return
        former = (image.width, image.height)
        with transaction.atomic():
            image.width, image.height = size
            if size != former:
                # It was marked in the picture as it is seen, and measured by the size of the file.
                scale_focal_point(image, former)
                image.renditions.all().delete()
            image.file_hash, image.sha256 = digest, sha256
            image.file_size = len(cleaned.content)
            image.save()
            if is_new:
                replace_content(image.file.storage, image.file.name, [cleaned.content])
        if size != former:
            make_renditions(image)

    def clean_rendition(self, rendition: ContentRendition) -> None:
        """Cleans a rendition: what was made of an original that told more, tells it too."""
        found = self._cleaned(rendition.file)
        if found is not None and found[0] != found[1].content and not self.is_trial:
            file = rendition.file
            replace_content(file.storage, file.name, [found[1].content])

    def clean_file(self, path: Path) -> None:
        """Cleans a file of a bundle that people change."""
        content = path.read_bytes()
        cleaned = self._counted(path.name, content)
        if cleaned is not None and cleaned.content != content and not self.is_trial:
            with replaced_file(path) as beside:
                beside.write_bytes(cleaned.content)

    def _cleaned(self, file: Any) -> tuple[bytes, CleanedPicture] | None:
        try:
            with file.storage.open(file.name) as stored:
                content: bytes = stored.read()
        except OSError:
            self.counts.absent.append(file.name)
            return None
        cleaned = self._counted(file.name, content)
        return None if cleaned is None else (content, cleaned)

    def _counted(self, name: str, content: bytes) -> CleanedPicture | None:
        self.counts.looked_at += 1
        try:
            cleaned = clean(content)
        except NoPicture:
            self.counts.damaged.append(name)
            return None
        self.counts.cleaned += cleaned.content != content
        self.counts.turned += cleaned.is_turned
        self.counts.positions += cleaned.had_position
        return cleaned
