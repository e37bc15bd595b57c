"""The document model: a file that editors upload and pages point to."""

from wagtail.documents.models import AbstractDocument, Document


class ContentDocument(AbstractDocument):
    """A file. A model of its own from the start, since Wagtail cannot exchange it later."""

    admin_form_fields = Document.admin_form_fields
