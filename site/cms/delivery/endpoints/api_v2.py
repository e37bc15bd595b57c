"""Wagtail's stable API (v2), with the same documents as v3 gives."""

from typing import Any

from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from cms.content.api.documents import render_document
from cms.content.api.page_fields import PAGE_FIELDS
from cms.content.api.references.preparation import prepare

_DOCUMENT = "_stable_api_document"
_SPECIFIC = "_stable_api_specific"


class DocumentMember(Field[Any, Any, Any, Any]):
    """One member of a page's document, as v3 renders it."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> Any:
        """The member with the name of this field."""
        # Not the framework's wrapper: what the document says of its language is read from here.
        request = self.context["request"]._request  # noqa: SLF001
        # A page as Wagtail's base type, as a list of all types has it, lacks the fields by which
        # its language is known.
        page = getattr(value, _SPECIFIC, value)
        document = getattr(page, _DOCUMENT, None)
        if document is None:
            document = render_document(page, request)
            setattr(page, _DOCUMENT, document)
        return document[str(self.field_name)]


class DocumentPagesViewSet(PagesAPIViewSet):
    """Pages whose fields are members of the document that v3 gives."""

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:
        """Wagtail's own, then ours, each read from the document."""
        names = [*PAGE_FIELDS, *(field.name for field in APIField.get_fields_for_model(model))]
        return [
            *cls._convert_api_fields(cls.body_fields),
            *(APIField(name, serializer=DocumentMember()) for name in names),
        ]

    def get_queryset(self) -> Any:
        """With what a list shows of every page fetched at once."""
        return super().get_queryset().select_related("locale", "content_type")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Fetches what the listed pages refer to together, where the fields ask for it."""
        pages = list(super().paginate_queryset(queryset))
        if "fields" in self.request.GET:
            specific = {
                page.pk: page
                for page in Page.objects.filter(pk__in=[page.pk for page in pages]).specific()
            }
            for page in pages:
                setattr(page, _SPECIFIC, specific[page.pk])
            prepare(list(specific.values()), self.request._request)  # noqa: SLF001
        return pages


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", DocumentPagesViewSet)
router.register_endpoint("images", ImagesAPIViewSet)
router.register_endpoint("documents", DocumentsAPIViewSet)
