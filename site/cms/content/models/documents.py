"""The document model: a file that editors upload and pages point to."""

from typing import Any, ClassVar

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.search import index

from cms.content.files.digests import DigestedFile


class ContentDocument(DigestedFile, AbstractDocument):
    """A file. A model of its own from the start, since Wagtail cannot exchange it later."""

    # By it a search is kept to what somebody may see.
    search_fields: ClassVar[list[Any]] = [*AbstractDocument.search_fields, index.FilterField("id")]

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        # Whoever opens a file is let in by its name.
        indexes = [models.Index(fields=["file"], name="content_document_file")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores it; a new file with its size and digests, whoever stores it."""
        if self.file and not self.file._committed:  # noqa: SLF001 - Django has no other
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
