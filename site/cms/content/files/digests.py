"""SHA-256 of what editors have put there: by it a corrected file is told from the former.

Wagtail's own ``file_hash`` is a SHA-1, by which it finds duplicates and names what a browser has.
"""

import hashlib
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import SuspiciousOperation
from django.db import models
from wagtail.api import APIField

_UNREADABLE = (OSError, SuspiciousOperation, ValueError)
"""Raised by storages for a file that is lost, and for a name that none can have."""


class DigestedFile(models.Model):
    """A model with a file, kept with its digest: goes before Wagtail's own among the bases."""

    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    api_fields: ClassVar[list[Any]] = [APIField("sha256")]

    class Meta:
        abstract = True

    def _set_file_hash(self) -> None:
        """Notes both digests, whenever Wagtail notes its own: a file is new, or another."""
        wagtail: Any = super()
        wagtail._set_file_hash()  # noqa: SLF001 - of the model beside
        own: Any = self
        with own.open_file() as file:
            self.sha256 = sha256_of(file)


def sha256_of(file: Any) -> str:
    """SHA-256 of a file from where it stands, in hexadecimal."""
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(1 << 20), b""):
        digest.update(piece)
    return digest.hexdigest()


def note_missing_digests(model: Any, advance: Callable[[int, int], None] | None = None) -> int:
    """Notes the digests of rows that have none; returns how many have none after it.

    Nobody is told: what shows them is to be rendered anew. A file that is lost keeps nothing from
    going on.

    Args:
        model: images or documents.
        advance: is told now and then how many files were read, of how many.
    """
    storage = model._meta.get_field("file").storage
    unknown = list(model._base_manager.filter(sha256="").order_by("pk").values_list("pk", "file"))
    lost = 0
    for done, (pk, name) in enumerate(unknown, start=1):
        try:
            with storage.open(name) as file:
                digest = sha256_of(file)
        except _UNREADABLE:
            lost += 1
        else:
            # Who replaces the file meanwhile notes its digest.
            model._base_manager.filter(pk=pk, file=name, sha256="").update(sha256=digest)
        if advance:
            advance(done, len(unknown))
    return lost
