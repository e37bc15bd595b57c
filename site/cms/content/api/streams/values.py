"""Types, references and representation of the blocks of a stream.

Everything works on the stored JSON of a stream rather than on its Python values: those fetch
what they refer to, one query per kind of block and nesting. A block that is a leaf here has a
:class:`Leaf`, registered beside the block; structs, lists and streams are walked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wagtail import blocks

from cms.content.api.references.reference_ids import Wanted
from cms.content.field_notes import Note

if TYPE_CHECKING:
    from cms.content.api.references.resolver import Resolver

Raw = Any
"""A stored value, as JSON has it."""


def _nothing_to_collect(block: blocks.Block, raw: Raw, wanted: Wanted) -> None:
    return None


def _no_strings(block: blocks.Block, raw: Raw) -> list["LeafText"]:
    return []


def _as_it_is(block: blocks.Block, raw: Raw) -> Raw:
    return raw


def _no_example(block: blocks.Block) -> Any:
    return ...


@dataclass(frozen=True)
class LeafText:
    """Texts of a leaf that wagtail-localize knows under one path.

    Attributes:
        path: what to add to the leaf's content path; empty for the leaf itself.
        pointer: what to add to the leaf's JSON Pointer.
        strings: the segments, as wagtail-localize cuts them.
    """

    path: str
    pointer: str
    strings: list[str]


@dataclass(frozen=True)
class Leaf:
    """The API's knowledge of one class of block.

    Attributes:
        read_type: the type of what is served.
        write_type: the type of what may be written.
        represent: stored value to served value, for the leaf at a content path.
        stored: a stored value as this kind of block stores it, of the one type in which it is
            always stored, whichever way it came: 2 for the ``"2"`` of a form or a file. What has
            no such form stays as it is.
        collect: which pages, files, images and snippets the stored value refers to.
        texts: the translatable strings in the stored value.
        write_default: what may be left out when writing.
        example: a served value, where the kind of block tells one; else its struct does.
    """

    read_type: Callable[[Any], Any]
    write_type: Callable[[Any], Any]
    represent: Callable[[Any, Raw, "Resolver", str], Any]
    stored: Callable[[Any, Raw], Raw] = field(default=_as_it_is)
    collect: Callable[[Any, Raw, Wanted], None] = field(default=_nothing_to_collect)
    texts: Callable[[Any, Raw], list[LeafText]] = field(default=_no_strings)
    write_default: Any = None
    example: Callable[[Any], Any] = field(default=_no_example)


@dataclass(frozen=True)
class Computed:
    """A member of a struct that is not stored: its type, and how it follows from the others."""

    type: Any
    compute: Callable[[dict[str, Any]], Any]
    note: Note


_leaves: dict[type[blocks.Block], Leaf] = {}


def register_leaf(block_class: type[blocks.Block], leaf: Leaf) -> None:
    """Says how blocks of this class, and of classes derived from it, look in the API."""
    _leaves[block_class] = leaf


def leaf_of(block: blocks.Block) -> Leaf | None:
    """The nearest registration along the block's ancestry; ``None`` for what is walked.

    Raises :class:`LookupError` for a block that is neither registered nor walked, so that
    nothing reaches the API untyped.
    """
    for block_class in type(block).__mro__:
        if block_class in _leaves:
            return _leaves[block_class]
        if block_class in (
            blocks.BaseStructBlock,
            blocks.BaseStreamBlock,
            blocks.ListBlock,
        ):
            return None
    raise LookupError(
        f"{type(block).__name__} has no API representation: register one with register_leaf()."
    )


def computed_fields(block: blocks.Block) -> dict[str, Computed]:
    """The fields that a struct serves beyond those that it stores."""
    computed: dict[str, Computed] = getattr(block, "computed_fields", {})
    return computed


def notes_of(block: blocks.Block) -> dict[str, Note]:
    """The notes of a struct on its members, for whoever reads the schema of the API."""
    notes: dict[str, Note] = getattr(block, "notes", {})
    return notes


def is_list_item(item: Raw) -> bool:
    """Tells whether an item of a stored list has an id; old lists hold bare values."""
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def list_items(raw: Raw) -> list[tuple[str | None, Raw]]:
    """Id and value of each item of a stored list."""
    return [
        (item.get("id"), item["value"]) if is_list_item(item) else (None, item)
        for item in raw or []
    ]


@dataclass(frozen=True)
class FoundLeaf:
    """A leaf in a stored value.

    Attributes:
        content_path: where it is, as wagtail-localize writes it: ``body.<id>.text``.
        pointer: where it is in the document, as a JSON Pointer: ``/body/0/value/text``.
    """

    block: Any
    leaf: Leaf
    raw: Raw
    content_path: str
    pointer: str


def find_leaves(block: Any, raw: Raw, content_path: str, pointer: str) -> Iterator[FoundLeaf]:
    """Every leaf under a stored value, in reading order."""
    leaf = leaf_of(block)
    if leaf is not None:
        yield FoundLeaf(block, leaf, leaf.stored(block, raw), content_path, pointer)
    elif isinstance(block, blocks.BaseStreamBlock):
        for position, child in enumerate(_known_children(block, raw)):
            yield from find_leaves(
                block.child_blocks[child["type"]],
                child["value"],
                f"{content_path}.{child.get('id')}",
                f"{pointer}/{position}/value",
            )
    elif isinstance(block, blocks.ListBlock):
        for position, (identity, value) in enumerate(list_items(raw)):
            yield from find_leaves(
                block.child_block, value, f"{content_path}.{identity}", f"{pointer}/{position}"
            )
    else:
        for name, child_block in block.child_blocks.items():
            yield from find_leaves(
                child_block, (raw or {}).get(name), f"{content_path}.{name}", f"{pointer}/{name}"
            )


def as_stored(block: Any, raw: Raw) -> Raw:
    """The stored value of a block, each leaf of the one type in which its kind is stored."""
    if raw is None:
        return None
    leaf = leaf_of(block)
    if leaf is not None:
        return leaf.stored(block, raw)
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {**child, "value": as_stored(block.child_blocks[child["type"]], child["value"])}
            if child["type"] in block.child_blocks
            else child
            for child in raw
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            {**item, "value": as_stored(block.child_block, item["value"])}
            if is_list_item(item)
            else as_stored(block.child_block, item)
            for item in raw
        ]
    children = block.child_blocks
    return {
        name: as_stored(children[name], member) if name in children else member
        for name, member in raw.items()
    }


def represent(block: Any, raw: Raw, resolver: "Resolver", content_path: str) -> Any:
    """Represents the stored value at a content path as the API serves it."""
    leaf = leaf_of(block)
    if leaf is not None:
        return leaf.represent(block, leaf.stored(block, raw), resolver, content_path)
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {
                "type": child["type"],
                "value": represent(
                    block.child_blocks[child["type"]],
                    child["value"],
                    resolver,
                    f"{content_path}.{child.get('id')}",
                ),
                "id": child.get("id"),
            }
            for child in _known_children(block, raw)
        ]
    if isinstance(block, blocks.ListBlock):
        values = [
            represent(block.child_block, value, resolver, f"{content_path}.{identity}")
            for identity, value in list_items(raw)
        ]
        return [value for value in values if value is not None]
    members = {
        name: represent(child_block, (raw or {}).get(name), resolver, f"{content_path}.{name}")
        for name, child_block in block.child_blocks.items()
    }
    for name, computed in computed_fields(block).items():
        members[name] = computed.compute(members)
    return members


def _known_children(block: Any, raw: Raw) -> list[dict[str, Any]]:
    """Leaves out blocks of a type that the model no longer has, as Wagtail itself does."""
    return [child for child in raw or [] if child["type"] in block.child_blocks]
