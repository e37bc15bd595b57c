"""Wagtail's stable API (v2), with the same documents as v3 gives."""

from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from cms.content.api.documents import document_schema, render_document
from cms.content.api.page_fields import PAGE_FIELDS
from cms.content.api.references.preparation import prepare

_DOCUMENT = "_stable_api_document"
_SPECIFIC = "_stable_api_specific"
_PARENT = "parent"


class DocumentMember(Field[Any, Any, Any, Any]):
    """One member of a page's document, as v3 renders it."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> Any:
        """The member with the name of this field."""
        name = str(self.field_name)
        member = _document(value, self.context)[name]
        nested = self.context["view"].nested_fields.get(name)
        return member if nested is None else _chosen(member, nested)


FieldsConfig = list[tuple[str, bool, Any]]
"""Names, each with whether it is left out, and with those within it or ``None``; as Wagtail reads
``fields``."""


def _chosen(value: Any, config: FieldsConfig) -> Any:
    """The members of a relation that are asked for, or of each in a list.

    All of them are there unless ``_`` comes first, since a relation is as short as it can be.
    """
    if isinstance(value, list):
        return [_chosen(one, config) for one in value]
    if not isinstance(value, dict):
        return value
    names = set() if config[0][0] == "_" else set(value)
    chosen = dict(value)
    for name, is_left_out, nested in config:
        if is_left_out:
            names.discard(name)
        else:
            names.add(name)
            if nested and name in chosen:
                chosen[name] = _chosen(chosen[name], nested)
    return {name: member for name, member in chosen.items() if name in names}


def _shape(annotation: Any) -> Any:
    """The schema of a relation, or of each in a list; ``None`` for what is neither."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_shape, get_args(annotation))), None)


def _document(value: Any, context: Any) -> dict[str, Any]:
    # Not the framework's wrapper: what the document says of its language is read from here.
    request = context["request"]._request  # noqa: SLF001
    # A page as Wagtail's base type, as a list of all types has it, lacks the fields by which its
    # language is known.
    page = getattr(value, _SPECIFIC, value)
    document: dict[str, Any] | None = getattr(page, _DOCUMENT, None)
    if document is None:
        document = render_document(page, request)
        setattr(page, _DOCUMENT, document)
    return document


class DocumentPageSerializer(PageSerializer):
    """Shows ``parent`` twice, where it is asked for: in ``meta`` as Wagtail does, and as ours."""

    def to_representation(self, instance: Any) -> Any:
        """Adds the document's own."""
        data = super().to_representation(instance)
        if _PARENT in self.fields:
            data[_PARENT] = _document(instance, self.context)[_PARENT]
        return data


class DocumentPagesViewSet(PagesAPIViewSet):
    """Pages whose fields are members of the document that v3 gives."""

    base_serializer_class = DocumentPageSerializer

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:
        """Wagtail's own, then ours, each read from the document."""
        names = [
            *(name for name in PAGE_FIELDS if name != _PARENT),
            *(field.name for field in APIField.get_fields_for_model(model)),
        ]
        return [
            *cls._convert_api_fields(cls.body_fields),
            *(APIField(name, serializer=DocumentMember()) for name in names),
        ]

    @cached_property
    def nested_fields(self) -> dict[str, FieldsConfig]:
        """The members that are asked for within relations, by the names of these."""
        config = parse_fields_parameter(self.request.GET.get("fields", ""))
        return {name: nested for name, _is_left_out, nested in config if nested}

    @classmethod
    def _get_serializer_class(
        cls, router: Any, model: Any, fields_config: FieldsConfig, **options: Any
    ) -> Any:
        """Wagtail's, which is not told what is asked for within relations: these are ours."""
        own = []
        for name, is_left_out, nested in fields_config:
            if nested and cls._is_relation(model, name):
                cls._refuse_unknown(router, model, name, nested)
                own.append((name, is_left_out, None))
            else:
                own.append((name, is_left_out, nested))
        return super()._get_serializer_class(router, model, own, **options)

    @staticmethod
    def _is_relation(model: Any, name: str) -> bool:
        served = {field.name for field in APIField.get_fields_for_model(model)}
        field = get_model_field(model, name) if name in served else None
        return bool(field and field.is_relation)

    @classmethod
    def _refuse_unknown(cls, router: Any, model: Any, name: str, config: FieldsConfig) -> None:
        """Refuses what neither we nor Wagtail have within a relation."""
        related = get_model_field(model, name).related_model
        endpoint = (router.get_model_endpoint(related) or (None, BaseAPIViewSet))[1]
        known = {"*", "_", *endpoint.get_available_fields(related)}
        if shape := _shape(document_schema(model).model_fields[name].annotation):
            known |= shape.model_fields.keys()
        if unknown := {asked for asked, _is_left_out, _nested in config} - known:
            raise BadRequestError(f"unknown fields: {', '.join(sorted(unknown))}")

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
