"""The paths of texts without ids: the field and the kinds of block, ``body.paragraph``."""

from dataclasses import dataclass
from typing import Any, cast

from wagtail.blocks import ListBlock, StreamBlock, StreamValue, StructBlock, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail_localize.models import TranslationContext

_WITH_CHILDREN = (StructBlock, StreamBlock, ListBlock)

_Children = dict[str, tuple[str, Any, Any]]
"""The parts of a block, by name or id: the name or type, the block that defines it, the value."""


class FieldPaths:
    """The field paths of one page or snippet.

    ``TranslationContext.get_field_path`` of wagtail-localize 1.14.5 looks through all blocks of a
    stream for each of them. Here those of a stream, a list and a structure are looked through once.
    """

    def __init__(self, instance: Any) -> None:
        self._instance = instance
        self._children: dict[str, _Children] = {}

    def of(self, path: str) -> str:
        """The field path of a content path such as ``body.<id>.text``."""
        name, *components = path.split(".")
        field = self._instance._meta.get_field(name)
        if isinstance(field, StreamField) and components:
            value = field.value_from_object(self._instance)
            return ".".join([name, *self._below(name, value, components)])
        context = cast("TranslationContext", _Unstored(path))
        return str(TranslationContext.get_field_path(context, self._instance))

    def _below(self, place: str, value: Any, components: list[str]) -> list[str]:
        if place not in self._children:
            self._children[place] = _children(value)
        first, *rest = components
        kind, block, child = self._children[place][first]
        if isinstance(block, ImageBlock):
            return [kind, *rest]
        if isinstance(block, _WITH_CHILDREN):
            return [kind, *self._below(f"{place}.{first}", child, rest)]
        return [kind]


def _children(value: Any) -> _Children:
    if isinstance(value, StructValue):
        defined = value.block.child_blocks
        return {name: (name, defined[name], child) for name, child in value.items()}
    if isinstance(value, ListValue):
        return {child.id: ("item", child.block, child.value) for child in value.bound_blocks}
    stream: StreamValue = value
    return {child.id: (child.block_type, child.block, child.value) for child in stream}


@dataclass(slots=True)
class _Unstored:
    """Stands in for a context, which stores its field path as soon as it is asked for it."""

    path: str
    field_path: str = ""

    def save(self, **kwargs: Any) -> None:
        """Stores nothing."""
