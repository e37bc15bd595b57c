"""Every block of a page or fact, with its stored value and its place: asks the database nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField

Place = tuple[str | int, ...]
"""Names of fields and members; of a block or row its ordinal number from 0."""


@dataclass(frozen=True, slots=True)
class Node:
    """A block in its place.

    Attributes:
        block: its definition.
        value: what is stored, as JSON.
        path: Wagtail's content path of it.
        loc: its place in the JSON that the API reads.
        label: the field, or the block of the stream that it stands in, as the form calls it.
    """

    block: Block
    value: Any
    path: tuple[str, ...]
    loc: Place
    label: str

    def below(self, place: Place) -> "Node":
        """The block at a place within this one; for a member that is no block, this one there."""
        node = self
        for step in place:
            found = [child for child in _children(node) if child.loc[len(node.loc)] == step]
            node = found[0] if found else Node(
                node.block, None, (*node.path, str(step)), (*node.loc, step), node.label
            )  # fmt: skip
        return node


def nodes_of(instance: Model) -> Iterator[Node]:
    """Each block of each stream, in reading order, a stream before what is in it."""
    for field in instance._meta.concrete_fields:
        if not isinstance(field, StreamField):
            continue
        stored = getattr(instance, field.name).get_prep_value()
        label = str(capfirst(field.verbose_name))
        yield from _walk(Node(field.stream_block, stored, (field.name,), (field.name,), label))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in _children(node):
        yield from _walk(child)


def _children(node: Node) -> Iterator[Node]:
    block, value = node.block, node.value
    if isinstance(block, StreamBlock) and isinstance(value, list):
        for number, raw in enumerate(value):
            child = block.child_blocks.get(raw["type"])
            if child is not None:
                label = _("%(block)s, number %(number)d in “%(field)s”") % {
                    "block": child.label,
                    "number": number + 1,
                    "field": node.label,
                }
                is_outermost = len(node.path) == 1
                yield Node(
                    child,
                    raw["value"],
                    (*node.path, str(raw.get("id") or number)),
                    (*node.loc, number, "value"),
                    label if is_outermost else node.label,
                )
    elif isinstance(block, ListBlock) and isinstance(value, list):
        for number, raw in enumerate(value):
            is_item = isinstance(raw, dict) and raw.get("type") == "item" and "value" in raw
            yield Node(
                block.child_block,
                raw["value"] if is_item else raw,
                (*node.path, str((is_item and raw.get("id")) or number)),
                (*node.loc, number),
                node.label,
            )
    elif isinstance(block, StructBlock) and isinstance(value, dict):
        for name, child in block.child_blocks.items():
            if name in value:
                path, loc = (*node.path, name), (*node.loc, name)
                yield Node(child, value[name], path, loc, node.label)
