"""Addresses of the fields of a draft in the admin, by where its document shows them."""

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db.models import ForeignObjectRel
from django.urls import reverse
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.blocks import BaseStreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from cms.content.api.document_texts import PAGE_TEXTS, document_texts
from cms.content.api.shapes import Relation
from cms.content.api.streams.values import find_leaves
from cms.translation.strings import StringRef

_OF_EVERY_PAGE: Final = {
    **{pointer: name for name, pointer in PAGE_TEXTS.items()},
    "/meta/slug": "slug",
    "/meta/show_in_menus": "show_in_menus",
}
_OF_EVERY_RELATION: Final = frozenset({"id", "key", "type", "title"})
_NAVIGATION: Final = frozenset({"breadcrumbs", "meta", "parent", "translations"})
"""Members that lead elsewhere, and show nothing of the page."""


def field_addresses(
    draft: Any, document: dict[str, Any], translation: Translation | None, admin: str, user: Any
) -> dict[str, str]:
    """``{JSON Pointer: address}`` of what can be edited of a draft.

    A text of a translation leads to its string in the translators' editor; a block leads to its
    first text; a list of rows leads to that of the source. A related page or fact leads to its own
    editor. Everything else leads to its field in the editor of the page.

    Args:
        document: the draft as its document shows it.
        admin: scheme and authority of the admin.
        user: who made the token, and may edit the page.
    """
    if translation is not None:
        addresses = _of_strings(draft, translation, admin)
        addresses |= _of_source_lists(draft, translation, admin, user)
    else:
        edit = f"{admin}{reverse('wagtailadmin_pages:edit', args=[draft.pk])}"
        places = (*_fields(draft), *_rows(draft, document))
        addresses = {pointer: f"{edit}#{_place(draft, path)}" for pointer, path in places}
    shown = {name: value for name, value in document.items() if name not in _NAVIGATION}
    return addresses | {
        pointer: f"{admin}{address}"
        for found, related in _relations(shown, "")
        for pointer, address in _of_relation(found, related)
    }


def _place(draft: Any, path: str) -> str:
    """The place in the editor of what has a content path.

    Wagtail gives none to a list of rows. That of a row and its fields is ours, by the place at
    which the row stands: ``goals.2.target_year``. ``open_field.js`` finds it.
    """
    name, *below = path.split(".")
    if not below and isinstance(draft._meta.get_field(name), ForeignObjectRel):
        return f"id_{name}-FORMS"
    return f":w:contentpath={path}"


def _relations(value: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The related pages and facts within a part of a document, with their pointers."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _relations(item, f"{pointer}/{position}")
    elif isinstance(value, dict):
        if pointer and value.keys() >= _OF_EVERY_RELATION:
            yield pointer, value
        for name, member in value.items():
            yield from _relations(member, f"{pointer}/{name}")


def _of_relation(pointer: str, related: dict[str, Any]) -> Iterator[tuple[str, str]]:
    model: Any = apps.get_model(related["type"])
    name = "wagtailadmin_pages:edit"
    if not issubclass(model, Page):
        name = model.snippet_viewset.get_url_name("edit")
    address = reverse(name, args=[related["id"]])
    title = getattr(model, "relation_title_field", "title")
    yield pointer, f"{address}#:w:contentpath={title}"
    yield f"{pointer}/title", f"{address}#:w:contentpath={title}"
    for member, value in related.items():
        if isinstance(value, str) and member not in Relation.model_fields:
            yield f"{pointer}/{member}", f"{address}#:w:contentpath={member}"


def _fields(draft: Any) -> Iterator[tuple[str, str]]:
    """Pointers into the document, and the content paths of what they show."""
    yield from _OF_EVERY_PAGE.items()
    for api_field in APIField.get_fields_for_model(type(draft), db_fields_only=True):
        field: Any = get_model_field(type(draft), api_field.name)
        yield f"/{api_field.name}", field.name
        if isinstance(field, StreamField):
            stream = getattr(draft, field.name)
            yield from _blocks(
                stream.stream_block, stream.get_prep_value(), field.name, f"/{field.name}"
            )
    # An alternative text is shown with its image as well.
    for text in document_texts(draft):
        if "." not in text.content_path:
            yield from ((pointer, text.content_path) for pointer in text.pointers)


def _rows(draft: Any, document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The rows of a draft's lists, by their places, and what is edited in each."""
    for api_field, field in _lists(draft):
        columns = field.related_model._meta.fields
        edited = {each.name for each in columns if each.editable and not each.primary_key}
        for position, row in enumerate(document[api_field]):
            pointer, path = f"/{api_field}/{position}", f"{field.name}.{position}"
            yield pointer, path
            yield from (
                (f"{pointer}/{member}", f"{path}.{member}") for member in row if member in edited
            )


def _lists(draft: Any) -> Iterator[tuple[str, Any]]:
    """The lists of rows that the document of a draft shows, each with its field."""
    for api_field in APIField.get_fields_for_model(type(draft), db_fields_only=True):
        field: Any = get_model_field(type(draft), api_field.name)
        if isinstance(field, ForeignObjectRel):
            yield api_field.name, field


def _blocks(
    stream: BaseStreamBlock, raw: Any, path: str, pointer: str
) -> Iterator[tuple[str, str]]:
    known = [child for child in raw or [] if child["type"] in stream.child_blocks]
    for position, child in enumerate(known):
        yield f"{pointer}/{position}", f"{path}.{child.get('id')}"
    for found in find_leaves(stream, raw, path, pointer):
        yield found.pointer, found.content_path


def _of_strings(draft: Any, translation: Translation, admin: str) -> dict[str, str]:
    editor = f"{admin}{reverse('cms_translation:editor', args=[translation.pk])}"
    segments = (
        StringSegment.objects.filter(source_id=translation.source_id)
        .order_by("-order", "-pk")
        .values_list("context__path", "context_id", "string_id")
    )
    # Of several sentences at one place the first remains.
    first = {path: StringRef(context, string) for path, context, string in segments}
    addresses: dict[str, str] = {}
    for text in document_texts(draft):
        if (ref := first.get(text.content_path)) is None:
            continue
        address = f"{editor}#string-{ref.context}-{ref.string}"
        addresses |= dict.fromkeys(text.pointers, address)
        for above in _above(text.pointers[0]):
            addresses.setdefault(above, address)
    return addresses


def _of_source_lists(draft: Any, translation: Translation, admin: str, user: Any) -> dict[str, str]:
    """The lists of a translation, which are the source's; for who may edit that.

    The draft of the source may have other rows by now, so that they have no addresses of their own.
    """
    lists = list(_lists(draft))
    source = translation.source
    page = Page.objects.filter(
        translation_key=source.object_id, locale=source.locale_id, alias_of=None
    ).first()
    if not lists or page is None or not page.permissions_for_user(user).can_edit():
        return {}
    edit = f"{admin}{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
    return {f"/{name}": f"{edit}#{_place(draft, field.name)}" for name, field in lists}


def _above(pointer: str) -> Iterator[str]:
    """The pointers to all that holds a text: members of a block, the block, the field."""
    while (pointer := pointer.rpartition("/")[0]) and pointer != "/meta":
        yield pointer
