"""Texts of a document: where the editor has each, and where the document shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import CharField, EmailField, ForeignKey, TextField, URLField
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from cms.content.api.references.relations import translated_relation_fields
from cms.content.api.rich_text_html import rich_text_strings
from cms.content.api.streams.values import find_leaves
from cms.content.models import ContentImage
from cms.translation.texts.extraction import TITLE_PATH, FieldText, plain_string

_ADDRESSES = (EmailField, URLField)
"""Fields of characters that are in no language."""

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
        is_text = isinstance(field, CharField | TextField) and not isinstance(field, _ADDRESSES)
        if not is_text or field.choices:
            continue
        value = getattr(page, field.name)
        if not value:
            continue
        is_rich = isinstance(field, RichTextField)
        strings = rich_text_strings(value) if is_rich else [plain_string(value)]
        yield DocumentText(field.name, _pointers(page, field.name), strings)


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


def snippet_texts(snippet: Any) -> Iterator[DocumentText]:
    """Every translatable text that the document of a snippet shows, its name first."""
    model: Any = type(snippet)
    if not hasattr(model, "relation_title_field"):
        return  # No document shows it.
    for name in (model.relation_title_field, *_translated_texts(model)):
        if value := getattr(snippet, name):
            pointers = _pointers(snippet, name)
            if name == model.relation_title_field != "title":
                pointers.append("/title")
            is_rich = isinstance(get_model_field(model, name), RichTextField)
            strings = rich_text_strings(value) if is_rich else [plain_string(value)]
            yield DocumentText(name, pointers, strings)


@cache
def _translated_texts(model: Any) -> tuple[str, ...]:
    """The texts of a snippet but its name: those that relations show, then all others."""
    own = {
        field.field_name
        for field in get_translatable_fields(model)
        if isinstance(field, TranslatableField)
    }
    served = (field.name for field in APIField.get_fields_for_model(model, db_fields_only=True))
    texts = (
        name
        for name in served
        if name in own
        and isinstance(field := get_model_field(model, name), CharField | TextField)
        and not isinstance(field, _ADDRESSES)
    )
    shown = (*translated_relation_fields(model), *texts)
    return tuple(dict.fromkeys(name for name in shown if name != model.relation_title_field))


def texts_of_document(owner: Any) -> Iterator[DocumentText]:
    """Every translatable text that the document of a page or snippet shows."""
    return document_texts(owner) if isinstance(owner, Page) else snippet_texts(owner)


def extract_texts(owner: Any) -> Iterator[FieldText]:
    """The texts of a page or snippet; others show the title of a page, and all of a snippet."""
    is_page = isinstance(owner, Page)
    for text in texts_of_document(owner):
        is_title = not is_page or text.content_path == TITLE_PATH
        yield FieldText(text.content_path, text.strings, is_title)
