"""Walks what the demo has loaded: models, their fields, the values inside their streams."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from cms.content.pages import BasePage


def page_models() -> list[type[Page]]:
    """Every page type of the project."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def swedish(model: type[Model]) -> list[Any]:
    """The Swedish pages or snippets of a model."""
    return list(model._default_manager.filter(locale__language_code="sv"))


def stream_fields(model: type[Model]) -> list[StreamField]:
    """The streams of a model."""
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def leaves(block: blocks.Block, name: str) -> Iterator[str]:
    """The dotted names of all that an editor can fill in below a block."""
    if isinstance(block, blocks.ListBlock):
        yield from leaves(block.child_block, name)
    elif children := getattr(block, "child_blocks", None):
        for child_name, child in children.items():
            yield from leaves(child, f"{name}.{child_name}" if name else child_name)
    else:
        yield name


def used_leaves(block: blocks.Block, raw: Any, name: str) -> Iterator[str]:
    """The dotted names of all that is filled in, from the stored value."""
    if isinstance(block, blocks.BaseStreamBlock):
        for child in raw or []:
            kind = child["type"]
            yield from used_leaves(
                block.child_blocks[kind], child["value"], f"{name}.{kind}" if name else kind
            )
    elif isinstance(block, blocks.ListBlock):
        for item in raw or []:
            yield from used_leaves(block.child_block, item["value"], name)
    elif isinstance(block, (blocks.BaseStructBlock, ImageBlock)):
        for child_name, child in block.child_blocks.items():
            yield from used_leaves(child, (raw or {}).get(child_name), f"{name}.{child_name}")
    elif raw not in (None, "", False, [], {}):
        yield name
