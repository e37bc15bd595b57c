"""The map of a document's fields that are in another language than the document says.

A translated page is published whole; where a string has no translation yet, wagtail-localize
puts the source's string. Nothing in the page tells. wagtail-localize knows which strings the
source has and which translations there are; see :mod:`cms.translation.status.text_languages`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import CharField, ForeignKey, ForeignObjectRel, Model, TextField
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.api.references.relations import relation_fields
from cms.content.api.references.resolver import Resolver
from cms.content.api.rich_text_html import rich_text_strings
from cms.content.api.streams.values import find_leaves
from cms.content.models import ContentImage
from cms.translation.status.text_languages import plain_string

PARTLY_TRANSLATED = "mul"
"""ISO 639-2: several languages."""

PAGE_TEXTS = {
    "title": "/title",
    "seo_title": "/meta/seo_title",
    "search_description": "/meta/search_description",
}
"""Texts that every page has, and where Wagtail's own schema puts them."""


@dataclass(frozen=True)
class DocumentText:
    """A text of a document: where wagtail-localize has it, where the document shows it."""

    content_path: str
    pointers: list[str]
    strings: list[str]


def language_map(page: Any, resolver: Resolver) -> dict[str, str]:
    """``{JSON Pointer: code}`` of every text that is not in the document's language.

    ``mul`` for a rich text of which only a part is translated; empty when all is translated.
    """
    languages = related_snippet_languages(page, resolver)
    progress = resolver.progress
    if progress is None:
        return languages
    for text in document_texts(page):
        in_source = [progress.is_source(text.content_path, string) for string in text.strings]
        if any(in_source):
            code = progress.source_language if all(in_source) else PARTLY_TRANSLATED
            languages.update(dict.fromkeys(text.pointers, code))
    return languages


def related_snippet_languages(owner: Any, resolver: Resolver) -> dict[str, str]:
    """``{JSON Pointer: code}`` of the texts of related snippets in another language."""
    return {
        f"{pointer}/{name}": code
        for pointer, model, primary_key in _related_snippets(owner)
        for name, code in resolver.snippet_languages(model, primary_key).items()
    }


def document_texts(page: Any) -> Iterator[DocumentText]:
    """Every translatable text that the document of a page shows, in its order."""
    for name, pointer in PAGE_TEXTS.items():
        if value := getattr(page, name):
            yield DocumentText(name, [pointer], [plain_string(value)])
    for api_field in APIField.get_fields_for_model(type(page), db_fields_only=True):
        field: Any = get_model_field(type(page), api_field.name)
        if isinstance(field, StreamField):
            yield from _stream_texts(page, field)
            continue
        if not isinstance(field, CharField | TextField) or field.choices:
            continue
        value = getattr(page, field.name)
        if not value:
            continue
        is_rich = isinstance(field, RichTextField)
        strings = rich_text_strings(value) if is_rich else [plain_string(value)]
        yield DocumentText(field.name, _pointers(page, field.name), strings)


def _related_snippets(page: Any) -> Iterator[tuple[str, type[Model], Any]]:
    """The snippets that a page's document shows: JSON Pointer, model, id."""
    for api_field in APIField.get_fields_for_model(type(page), db_fields_only=True):
        field: Any = get_model_field(type(page), api_field.name)
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            raw = stream.get_prep_value()
            for found in find_leaves(stream.stream_block, raw, field.name, f"/{field.name}"):
                if isinstance(found.block, SnippetChooserBlock):
                    yield found.pointer, found.block.target_model, found.raw
        elif isinstance(field, ForeignKey):
            yield from _related_snippet(page, field, f"/{field.name}")
        elif isinstance(field, ForeignObjectRel):
            rows = getattr(page, str(field.get_accessor_name())).all()
            for position, row in enumerate(rows):
                for child_field in row._meta.concrete_fields:
                    pointer = f"/{api_field.name}/{position}/{child_field.name}"
                    yield from _related_snippet(row, child_field, pointer)


def _related_snippet(
    owner: Any, field: Any, pointer: str
) -> Iterator[tuple[str, type[Model], Any]]:
    if not isinstance(field, ForeignKey):
        return
    model = cast("type[Model]", field.related_model)
    if relation_fields(model) and (primary_key := getattr(owner, field.attname)):
        yield pointer, model, primary_key


def alternative_text_field(name: str) -> str:
    """The field that describes the image in the field ``name``."""
    return f"{name}_alt_text"


def decorative_field(name: str) -> str:
    """The field that says that the image in the field ``name`` needs no description."""
    return f"{name}_decorative"


def _pointers(page: Any, name: str) -> list[str]:
    """An alternative text is shown twice: as a field, and with its image."""
    images = [
        f"/{field.name}/alt"
        for field in page._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model is ContentImage
        and alternative_text_field(field.name) == name
    ]
    return [f"/{name}", *images]


def _stream_texts(page: Any, field: Any) -> Iterator[DocumentText]:
    stream = getattr(page, field.name)
    raw = stream.get_prep_value()
    for found in find_leaves(stream.stream_block, raw, field.name, f"/{field.name}"):
        for text in found.leaf.texts(found.block, found.raw):
            suffix = f".{text.path}" if text.path else ""
            yield DocumentText(
                found.content_path + suffix, [found.pointer + text.pointer], text.strings
            )
