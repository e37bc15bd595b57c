"""The document model: a file that editors upload and pages point to."""

from typing import Any, ClassVar

from wagtail.documents.models import AbstractDocument, Document
from wagtail.search import index


class ContentDocument(AbstractDocument):
    """A file. A model of its own from the start, since Wagtail cannot exchange it later."""

    # By it a search is kept to what somebody may see.
    search_fields: ClassVar[list[Any]] = [*AbstractDocument.search_fields, index.FilterField("id")]

    admin_form_fields = Document.admin_form_fields
