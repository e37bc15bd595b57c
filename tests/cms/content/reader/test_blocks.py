"""Every block of every stream has a template of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import get_template
from wagtail import blocks
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import StreamField

from tests.factories.site import PAGE_TYPES


def streamed_blocks() -> Iterator[tuple[str, Any]]:
    """The blocks that stand directly in a stream: those are what a template shows."""
    for page_type in PAGE_TYPES:
        for api_field in APIField.get_fields_for_model(page_type):
            field = get_model_field(page_type, api_field.name)
            if isinstance(field, StreamField):
                yield from _below(f"{page_type.__name__}.{api_field.name}", field.stream_block)


def _below(path: str, block: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(block, blocks.BaseStreamBlock):
        for name, child in block.child_blocks.items():
            yield f"{path}.{name}", child
    children = getattr(block, "child_blocks", {})
    for name, child in children.items():
        yield from _below(f"{path}.{name}", child)
    if isinstance(block, blocks.ListBlock):
        yield from _below(path, block.child_block)


@pytest.mark.parametrize(
    "block", [pytest.param(block, id=path) for path, block in streamed_blocks()]
)
def test_a_block_has_a_template(block: Any) -> None:
    assert block.meta.template, "Give the block's Meta a template, and make it."
    get_template(block.meta.template)
