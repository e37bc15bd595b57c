"""A snippet as a document of its own, with the same marks of language as a page's."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from ninja import Schema
from pydantic import Field
from wagtail.api.conf import get_model_field
from wagtail.api.v3.schemas import read_generator

from cms.content.api.document_texts import snippet_texts
from cms.content.api.field_descriptions import note_of
from cms.content.api.language_map import related_languages
from cms.content.api.moments import MOMENT_FIELDS
from cms.content.api.references.preparation import resolver_of
from cms.content.api.shapes import KEY_EXAMPLE, Key, Locale, put_first, type_member
from cms.translation.texts.judging import PublicStatus


class SnippetTranslation(Schema):
    """A language in which the snippet is published."""

    locale: Locale
    id: int = Field(description="Wagtail's id of the snippet in that language.", examples=[31])
    status: PublicStatus = Field(
        description="`source`, `complete`, `partial` or `outdated`, as with pages.",
        examples=["complete"],
    )


@cache
def snippet_schema(model: type[Model]) -> Any:
    """The type of a snippet's document: as Wagtail serves it, with what every document says."""
    from wagtail.api.v3.registry import registry

    registration = registry.get(model._meta.label)
    if registration is None or registration.read_schema is None:
        raise LookupError(f"{model._meta.label} is not a snippet type that the API serves.")
    schema: Any = registration.read_schema
    meta: Any = schema.model_fields["meta"].annotation
    localised = type(meta)(
        f"{model._meta.object_name}DocumentMeta",
        (meta,),
        {
            "__annotations__": {"locale": str, "detail_url": str},
            "locale": Field(
                description="BCP 47 code of the language it is published in.", examples=["en"]
            ),
            "resolve_locale": staticmethod(_locale),
            "detail_url": Field(
                description="Where the API has this document.",
                examples=[f"https://cms.example.org/api/v3/entries/en/{KEY_EXAMPLE}/"],
            ),
            "resolve_detail_url": staticmethod(_detail_url),
        },
    )
    document = read_generator.extend_schema(
        schema,
        f"{model._meta.object_name}Document",
        {
            "meta": (localised, ..., staticmethod(_itself)),
            "type": type_member(model._meta.label),
            "title": _title(model),
            **_SNIPPET_FIELDS,
        },
    )
    return put_first(document, "id", "meta", "type", "title")


def _title(model: Any) -> tuple[Any, Any, Any]:
    """The member ``title``: what the snippet is called, under the name that pages have it by."""
    name = model.relation_title_field
    note = Field(
        description=f"What it is called, as in `{name}`: every document has a title.",
        examples=[note_of(get_model_field(model, name)).example],
    )

    def resolve(snippet: Any) -> str:
        return str(getattr(snippet, name))

    return str, note, staticmethod(resolve)


def _itself(snippet: Any) -> Any:
    return snippet


def _locale(snippet: Any) -> str:
    return str(snippet.locale.language_code)


def _language(snippet: Any) -> str:
    return resolver_of(snippet).language


def _detail_url(snippet: Any) -> str:
    """The document that anybody may read; Wagtail's own address wants a token."""
    place = {"locale": _locale(snippet), "key": snippet.translation_key}
    return resolver_of(snippet).absolute(reverse("wagtailapi_v3:detail_entry", kwargs=place))


def _key(snippet: Any) -> UUID:
    key: UUID = snippet.translation_key
    return key


def _path(snippet: Any) -> None:
    return None


def _languages(snippet: Any) -> dict[str, str]:
    """Its own texts that are in another language, and those of what it leads to."""
    resolver = resolver_of(snippet)
    own = {
        pointer: code
        for text in snippet_texts(snippet)
        if (code := resolver.text_language(text.content_path, text.strings)) != resolver.language
        for pointer in text.pointers
    }
    return own | related_languages(snippet, resolver)


def _translations(snippet: Any) -> list[dict[str, Any]]:
    resolver = resolver_of(snippet)
    versions = {
        version.language: version.id
        for version in resolver.references.snippet_versions(type(snippet), snippet.pk)
    }
    return [
        {"locale": code, "id": versions[code], "status": status}
        for code, status in resolver.ordered(snippet.translation_key, versions)
    ]


_SNIPPET_FIELDS: dict[str, tuple[Any, Any, Any]] = {
    "key": (Key, ..., staticmethod(_key)),
    "path": (
        str | None,
        Field(description="Null: a snippet has no address of its own.", examples=[None]),
        staticmethod(_path),
    ),
    "language": (
        str,
        Field(description="BCP 47 code of the language that the text is in.", examples=["en"]),
        staticmethod(_language),
    ),
    "languages": (
        dict[str, str],
        Field(
            description="JSON Pointer of every field whose text is in another language than "
            "`language`, with that language's code; empty when there is none.",
            examples=[{"/name": "sv", "/title": "sv"}],
        ),
        staticmethod(_languages),
    ),
    "translations": (
        list[SnippetTranslation],
        Field(description="The languages in which it is published, itself included, source first."),
        staticmethod(_translations),
    ),
    **MOMENT_FIELDS,
}
"""Type, description and resolver by name, as Wagtail's schema generator takes them."""
