"""Rewrites stored values: a reference in the place of every id, and back."""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Final

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

Swap = Callable[[Any, Any], Any]
"""Model and value (an id, or a reference) to what shall stand there; ``None`` for nothing."""

REFERENCE: Final = "ref"
"""The attribute that stands in the place of ``id`` in rich text, with a reference as text."""

_ID: Final = re.compile(r"[1-9][0-9]*\Z")


class ReferenceRewriter:
    """A walk that rewrites the references in a stored value.

    Args:
        swap: what is done with a relation.
    """

    def __init__(self, swap: Swap) -> None:
        self.relation = swap

    def rich_text(self, html: Any) -> Any:
        """Rewrites the links of a rich text."""
        return swap_links(html, self.relation)

    def unknown(self, block: Any, raw: Any) -> Any:
        """Leaves alone a value that no block of a stream takes."""
        return raw

    def members(self, raw: dict[str, Any], known: Iterable[str]) -> None:
        """Leaves alone members that a block does not have."""

    def children(self, children: Any) -> None:
        """Leaves alone the blocks of a stream or list."""

    def plain(self, block: Any, raw: Any) -> Any:
        """Leaves alone a value without relations."""
        return raw


def swap_field(field: Any, value: Any, swap: ReferenceRewriter) -> Any:
    """The value of a model's field, with every id in it swapped.

    Args:
        value: as JSON has it: a stream as a list, a relation as what is to be swapped.
    """
    if isinstance(field, StreamField):
        return swap_block(field.stream_block, value, swap)
    if isinstance(field, RichTextField):
        return swap.rich_text(value)
    if field.is_relation:
        return None if value is None else swap.relation(field.related_model, value)
    return value


def swap_block(block: Any, raw: Any, swap: ReferenceRewriter) -> Any:
    """The stored value of a block, with every id in it swapped.

    Members stand in the order of the block: PostgreSQL keeps them in an order of its own.
    """
    if isinstance(block, ImageBlock):
        if not isinstance(raw, dict):
            return swap.plain(block, raw)
        swap.members(raw, block.child_blocks)
        ordered = _in_order(raw, block.child_blocks)
        for name in ordered.keys() & block.child_blocks.keys():
            if name != "image":
                ordered[name] = swap_block(block.child_blocks[name], ordered[name], swap)
            elif ordered[name] is not None:
                ordered[name] = swap.relation(get_image_model(), ordered[name])
        return ordered
    if isinstance(block, blocks.ChooserBlock):
        return None if raw is None else swap.relation(block.model_class, raw)
    if isinstance(block, blocks.RichTextBlock):
        return swap.rich_text(raw)
    if isinstance(block, blocks.BaseStreamBlock):
        swap.children(raw or [])
        return [_swap_child(block, child, swap) for child in raw or []]
    if isinstance(block, blocks.ListBlock):
        swap.children(raw or [])
        return [_swap_item(block, item, swap) for item in raw or []]
    if isinstance(block, blocks.BaseStructBlock) and isinstance(raw, dict):
        return {
            name: swap_block(block.child_blocks[name], value, swap)
            if name in block.child_blocks
            else swap.unknown(block, value)
            for name, value in _in_order(raw, block.child_blocks).items()
        }
    return _sorted(swap.plain(block, raw))


def _in_order(raw: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """A mapping with some members first, in their order, and the others by their names."""
    first = {name: raw[name] for name in names if name in raw}
    return first | {name: raw[name] for name in sorted(raw.keys() - first.keys())}


def _sorted(raw: Any) -> Any:
    """A value in which the members of every mapping stand in the order of their names."""
    if isinstance(raw, dict):
        return {name: _sorted(raw[name]) for name in sorted(raw)}
    return [_sorted(one) for one in raw] if isinstance(raw, list) else raw


def _swap_child(block: Any, child: Any, swap: ReferenceRewriter) -> Any:
    if not isinstance(child, dict) or child.get("type") not in block.child_blocks:
        return swap.unknown(block, child)
    swap.members(child, _CHILD)
    swapped = swap_block(block.child_blocks[child["type"]], child.get("value"), swap)
    return _in_order({**child, "value": swapped}, _CHILD)


_CHILD: Final = ("type", "value", "id")
"""The members of a block in a stream or list."""


def _swap_item(block: Any, item: Any, swap: ReferenceRewriter) -> Any:
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        swap.members(item, _CHILD)
        swapped = swap_block(block.child_block, item["value"], swap)
        return _in_order({**item, "value": swapped}, _CHILD)
    return swap_block(block.child_block, item, swap)


def swap_links(html: Any, swap: Swap) -> Any:
    """Rich text as it is stored, with the id in each link and embedded image swapped.

    Ids are written as ``id``, references as ``ref``. What is not there has an empty reference, and
    the id 0: a link that leads nowhere stays one, of which translators have the text.
    """
    if not isinstance(html, str):
        return html

    def link(match: re.Match[str]) -> str:
        attributes = extract_attrs(match[1])
        model = _LINKED.get(attributes.get("linktype", ""))
        return match[0] if model is None else f"<a{_swapped(attributes, model(), swap)}>"

    def embed(match: re.Match[str]) -> str:
        attributes = extract_attrs(match[1])
        if attributes.get("embedtype") != "image":
            return match[0]
        return f"<embed{_swapped(attributes, get_image_model(), swap)}/>"

    return FIND_EMBED_TAG.sub(embed, FIND_A_TAG.sub(link, html))


_LINKED: Final[dict[str, Callable[[], Any]]] = {
    "page": lambda: Page,
    "document": get_document_model,
}


def _swapped(attributes: dict[str, str], model: Any, swap: Swap) -> str:
    written: dict[str, str] = {}
    for name, text in attributes.items():
        if name not in ("id", REFERENCE):
            written[name] = text
            continue
        is_id = name == "id"
        swapped = swap(model, int(text) if is_id and _ID.match(text) else text)
        if swapped is None:
            # Wagtail cannot read a link without an id.
            written |= {REFERENCE: ""} if is_id else {"id": "0"}
        else:
            written["id" if isinstance(swapped, int) else REFERENCE] = str(swapped)
    return "".join(f' {name}="{escape(text)}"' for name, text in written.items())
