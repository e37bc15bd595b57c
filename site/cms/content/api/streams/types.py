"""The types of streams: a union of blocks that is told apart by ``type``."""

import re
from functools import reduce
from operator import or_
from typing import Annotated, Any, Final, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, create_model
from wagtail import blocks

from cms.content.api.field_descriptions import describe
from cms.content.api.shapes import named_type
from cms.content.api.streams.values import computed_fields, leaf_of, notes_of
from cms.content.field_notes import Note


class StrictSchema(Schema):
    """A schema for writing a block: an unknown member is an error, not a loss."""

    model_config = ConfigDict(extra="forbid")


ID: Final = re.compile("[A-Za-z0-9-]{1,64}")
"""The form of a block's id."""

EXAMPLE_ID = "5f2b0c1e-8a55-4d0c-9a6f-3b1f4a7c2d90"

_types: dict[tuple[str, Any], Any] = {}
"""Built once by name and definition, since a schema names each type once."""


def stream_type(block: Any) -> Any:
    """The type that is served for a stream: ``list[BlockA | BlockB | …]``.

    A stream whose class has a name is a type of that name, and its blocks are another: a
    ``BodyBlock`` is served as ``Body``, a list of ``BodyBlock``. Streams that derive from it are
    served as the same type, which knows the blocks of all of them: whoever renders one has
    rendered all.
    """
    return _stream(block, writing=False)


def stream_input_type(block: Any) -> Any:
    """The type that may be written into a stream."""
    return Annotated[_stream(block, writing=True), AfterValidator(_with_own_ids)]


def _with_own_ids(sent: list[Any]) -> list[Any]:
    """Blocks of which each has an id of its own; a translation is found by it.

    Raises:
        ValueError: two have the same, or one has what is no id.
    """
    places: dict[str, str] = {}
    for position, block in enumerate(sent):
        place = f"{block.type} at {position}"
        if block.id is None:
            continue
        if not ID.fullmatch(block.id):
            raise ValueError(
                f"The id of {place} holds other characters than letters, digits and hyphens, or "
                "more than 64. Leave it out for a new block."
            )
        if block.id in places:
            raise ValueError(
                f"{places[block.id]} and {place} have the same id, {block.id}. "
                "Leave it out for the new one."
            )
        places[block.id] = place
    return sent


def _stream(block: Any, *, writing: bool) -> Any:
    root = None if writing else _first_of_family(type(block))
    if root is None:
        return list[_told_apart(block.child_blocks, writing=writing)]  # type: ignore[misc]
    stem = root.__name__.removesuffix("Block")
    key = (stem, root)
    if key not in _types:
        item = named_type(f"{stem}Block", _told_apart(_blocks_of_family(root), writing=False))
        _types[key] = named_type(stem, list[item])  # type: ignore[valid-type]
    return _types[key]


def _told_apart(children: dict[str, Any], *, writing: bool) -> Any:
    members = [_member(child, name, writing) for name, child in children.items()]
    union = reduce(or_, members)
    if len(members) == 1:
        return union
    return Annotated[union, Field(discriminator="type")]


def _first_of_family(stream: type[Any]) -> type[Any] | None:
    """The class from which a stream and its like derive; ``None`` for one that has no name."""
    own = [
        each
        for each in stream.__mro__
        if issubclass(each, blocks.StreamBlock) and each is not blocks.StreamBlock
    ]
    return own[-1] if own else None


def _blocks_of_family(stream: type[Any]) -> dict[str, Any]:
    """The blocks of a stream, then those that the streams that derive from it add."""
    found = dict(stream.base_blocks)
    for derived in stream.__subclasses__():
        found |= {
            name: child for name, child in _blocks_of_family(derived).items() if name not in found
        }
    return found


def _member(block: Any, name: str, writing: bool) -> Any:
    """One block of a stream: its type, its value, its id."""
    identity = Note("Stays the same while the block is edited.", EXAMPLE_ID)
    if writing:
        identity = Note("Keep it to change a block; leave it out for a new one.", EXAMPLE_ID)
    return _model(
        f"{_stem(block)}{'Input' if writing else ''}Block",
        (name, type(block), writing),
        str(block.label or ""),
        {
            "type": (Literal[name], ...),
            "value": (_value(block, writing), ...),
            "id": (str | None, None if writing else ...),
        },
        {
            "type": Note("Which block it is; `value` is of the shape that goes with it.", name),
            "value": Note(
                f"What the block holds. {_help_text(block) or _first_line(block)}", _example(block)
            ),
            "id": identity,
        },
        writing=writing,
    )


def _value(block: Any, writing: bool) -> Any:
    leaf = leaf_of(block)
    if leaf is not None:
        return leaf.write_type(block) if writing else leaf.read_type(block)
    if isinstance(block, blocks.BaseStreamBlock):
        return _stream(block, writing=writing)
    if isinstance(block, blocks.ListBlock):
        child = _value(block.child_block, writing)
        return list[child]  # type: ignore[valid-type]
    return _struct(block, writing)


def _struct(block: Any, writing: bool) -> Any:
    members: dict[str, Any] = {}
    notes = {name: _note(block, name) for name in block.child_blocks}
    for name, child in block.child_blocks.items():
        annotation = _value(child, writing)
        title = str(child.label or name)
        if writing and not _is_required(child):
            leaf = leaf_of(child)
            default = leaf.write_default if leaf else None
            members[name] = (
                annotation if default is not None else annotation | None,
                Field(default=default, title=title),
            )
        else:
            members[name] = (annotation, Field(title=title))
    if not writing:
        for name, computed in computed_fields(block).items():
            members[name] = (computed.type, ...)
            notes[name] = computed.note
    return _model(
        f"{_stem(block)}{'Input' if writing else ''}Value",
        (type(block), writing),
        _first_line(block),
        members,
        notes,
        writing=writing,
    )


def _note(struct: Any, name: str) -> Note:
    own = notes_of(struct).get(name, Note())
    child = struct.child_blocks[name]
    return Note(
        own.description or _help_text(child),
        _example(child) if own.example is ... else own.example,
    )


def _help_text(block: Any) -> str:
    if isinstance(block, blocks.ChooserBlock):
        # Its ``field`` wants the snippet to be registered; that comes after the schemas.
        return str(block._help_text or "")  # noqa: SLF001
    of_field = getattr(getattr(block, "field", None), "help_text", "")
    return str(getattr(block.meta, "help_text", "") or of_field or "")


def _first_line(block: Any) -> str:
    return (type(block).__doc__ or "").split("\n")[0]


def _example(block: Any) -> Any:
    leaf = leaf_of(block)
    return leaf.example(block) if leaf else ...


def _is_required(block: Any) -> bool:
    # A chooser's ``required`` builds its form field, which wants the snippet to be registered:
    # that comes after the schemas.
    if isinstance(block, blocks.ChooserBlock):
        return bool(block._required)  # noqa: SLF001
    return bool(block.required)


def _stem(block: Any) -> str:
    return type(block).__name__.removesuffix("Block")


def _model(
    name: str,
    definition: Any,
    description: str,
    members: dict[str, Any],
    notes: dict[str, Note],
    *,
    writing: bool,
) -> Any:
    key = (name, definition)
    if key not in _types:
        if any(other == name for other, _definition in _types):
            raise LookupError(
                f"Two blocks would both be called {name} in the schema: rename a class of theirs."
            )
        base = StrictSchema if writing else Schema
        model = create_model(name, __base__=base, __doc__=description or None, **members)
        _types[key] = describe(model, notes)
    return _types[key]
