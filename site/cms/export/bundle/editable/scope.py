"""The scope of a bundle's editable form: public content, or everything."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.content.visibility import public_files
from cms.delivery.models import PublishedDocument
from cms.export.bundle.contents import Selection, shown_files


@dataclass(frozen=True, slots=True)
class Scope:
    """The pages, snippets and files that are wanted.

    Attributes:
        private: everything: drafts, what is restricted, files that nothing shows. Otherwise only
            what has a published document, and the files that documents show.
    """

    private: bool = False

    def chosen(self, model: Any) -> QuerySet[Any]:
        """The query for what of a model is wanted."""
        everything: QuerySet[Any] = model._base_manager.all()
        if issubclass(model, Page):
            everything = everything.filter(depth__gt=1)
            return everything if self.private else everything.filter(Exists(_document_of_page()))
        if self.private:
            return everything
        if model is get_image_model():
            return public_files(model).filter(pk__in=shown_files(Selection(), "image"))
        if model is get_document_model():
            return public_files(model).filter(pk__in=shown_files(Selection(), "file"))
        documents = PublishedDocument.objects.filter(
            type=model._meta.label, object_id=OuterRef("pk")
        )
        return everything.filter(Exists(documents))


def _document_of_page() -> QuerySet[PublishedDocument]:
    return PublishedDocument.objects.filter(page_id=OuterRef("pk"))
