"""The map of a document's fields that are in another language than the document says.

A translated page is published whole; where a string has no translation yet, wagtail-localize
puts the source's string. Nothing in the page tells; see :mod:`cms.translation.texts.judging`.
"""

from collections.abc import Iterator
from typing import Any, cast

from django.db.models import ForeignKey, ForeignObjectRel, Model
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.api.document_texts import document_texts
from cms.content.api.references.relations import relation_fields
from cms.content.api.references.resolver import Resolver
from cms.content.api.streams.values import find_leaves
from cms.content.models import ContentDocument, ContentImage


def language_map(page: Any, resolver: Resolver) -> dict[str, str]:
    """``{JSON Pointer: code}`` of every text that is not in the document's language.

    ``mul`` for a rich text of which only a part is; empty when all is in that language.
    """
    languages = related_languages(page, resolver)
    for text in document_texts(page):
        code = resolver.text_language(text.content_path, text.strings)
        if code != resolver.language:
            languages.update(dict.fromkeys(text.pointers, code))
    return languages


def related_languages(owner: Any, resolver: Resolver) -> dict[str, str]:
    """``{JSON Pointer: code}`` of the texts of what is shown beside, in another language.

    Texts of related snippets, and what files are called and images credited with.
    """
    return {
        f"{pointer}/{name}": code
        for pointer, model, primary_key in _related(owner)
        for name, code in resolver.related_languages(model, primary_key).items()
    }


def _related(page: Any) -> Iterator[tuple[str, type[Model], Any]]:
    """The snippets, images and files that a document shows: JSON Pointer, model, id."""
    for api_field in APIField.get_fields_for_model(type(page), db_fields_only=True):
        field: Any = get_model_field(type(page), api_field.name)
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            stored = stream.get_prep_value()
            for found in find_leaves(stream.stream_block, stored, field.name, f"/{field.name}"):
                block, raw = found.block, found.raw
                if isinstance(block, SnippetChooserBlock):
                    yield found.pointer, block.target_model, raw
                elif isinstance(block, DocumentChooserBlock):
                    yield found.pointer, ContentDocument, raw
                elif isinstance(block, ImageBlock) and isinstance(raw, dict):
                    yield found.pointer, ContentImage, raw.get("image")
        elif isinstance(field, ForeignKey):
            yield from _related_row(page, field, f"/{field.name}")
        elif isinstance(field, ForeignObjectRel):
            rows = getattr(page, str(field.get_accessor_name())).all()
            for position, row in enumerate(rows):
                for child_field in row._meta.concrete_fields:
                    pointer = f"/{api_field.name}/{position}/{child_field.name}"
                    yield from _related_row(row, child_field, pointer)


def _related_row(owner: Any, field: Any, pointer: str) -> Iterator[tuple[str, type[Model], Any]]:
    if not isinstance(field, ForeignKey):
        return
    model = cast("type[Model]", field.related_model)
    is_shown = model in (ContentImage, ContentDocument) or relation_fields(model)
    if is_shown and (primary_key := getattr(owner, field.attname)):
        yield pointer, model, primary_key
