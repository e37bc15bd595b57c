"""Payloads with which another system writes a page or snippet through the API."""

import datetime as dt
from typing import Any

from django.db.models import ForeignObjectRel
from wagtail import blocks
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.content.api.streams.values import leaf_of, list_items

PAGE_TEXTS = ("title", "slug", "seo_title", "search_description", "show_in_menus")


def payload_of(owner: Any) -> dict[str, Any]:
    """Every writable field of a page or snippet with the value that it has."""
    names = PAGE_TEXTS if isinstance(owner, Page) else ()
    payload = {name: getattr(owner, name) for name in names}
    return payload | written_fields(owner)


def written_fields(owner: Any) -> dict[str, Any]:
    """The fields of its type, rows of children included."""
    written: dict[str, Any] = {}
    for api_field in APIField.get_writable_fields_for_model(type(owner)):
        field: Any = get_model_field(type(owner), api_field.name)
        if isinstance(field, ForeignObjectRel):
            rows = getattr(owner, api_field.name).all()
            written[api_field.name] = [written_fields(row) for row in rows]
        elif isinstance(field, StreamField):
            stream = getattr(owner, api_field.name)
            written[api_field.name] = written_block(stream.stream_block, stream.get_prep_value())
        else:
            value = getattr(owner, field.attname)
            written[api_field.name] = value.isoformat() if isinstance(value, dt.date) else value
    return written


def written_block(block: Any, raw: Any) -> Any:
    """A stored value as it is written: without the ids of items of lists."""
    if leaf_of(block) is not None:
        return raw
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            child | {"value": written_block(block.child_blocks[child["type"]], child["value"])}
            for child in raw
        ]
    if isinstance(block, blocks.ListBlock):
        return [written_block(block.child_block, value) for _id, value in list_items(raw)]
    return {name: written_block(child, raw.get(name)) for name, child in block.child_blocks.items()}
