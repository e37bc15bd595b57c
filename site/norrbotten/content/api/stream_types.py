"""The types of streams: a union of blocks that is told apart by ``type``."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, create_model
from wagtail import blocks

from norrbotten.content.api.streams import computed_fields, leaf_of


class StrictSchema(Schema):
    """What may be written into a block: an unknown member is an error, not a loss."""

    model_config = ConfigDict(extra="forbid")


_types: dict[tuple[str, Any], Any] = {}
"""Built once by name and definition, since a schema names each type once."""


def stream_type(block: Any) -> Any:
    """What is served for a stream: ``list[BlockA | BlockB | …]``."""
    return _stream(block, writing=False)


def stream_input_type(block: Any) -> Any:
    """What may be written into a stream."""
    return _stream(block, writing=True)


def _stream(block: Any, *, writing: bool) -> Any:
    members = [_member(child, name, writing) for name, child in block.child_blocks.items()]
    union = reduce(or_, members)
    if len(members) == 1:
        return list[union]  # type: ignore[valid-type]
    return list[Annotated[union, Field(discriminator="type")]]  # type: ignore[valid-type]


def _member(block: Any, name: str, writing: bool) -> Any:
    """One block of a stream: its type, its value, its id."""
    identity: Any = (
        (
            str | None,
            Field(
                default=None, description="Keep it to change a block; leave it out for a new one."
            ),
        )
        if writing
        else (str | None, Field(description="Stays the same while the block is edited."))
    )
    return _model(
        f"{_stem(block)}{'Input' if writing else ''}Block",
        (name, type(block), writing),
        str(block.label or ""),
        {
            "type": (Literal[name], ...),
            "value": (_value(block, writing), Field(description=_help_text(block))),
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
    for name, child in block.child_blocks.items():
        annotation = _value(child, writing)
        information: dict[str, Any] = {
            "title": str(child.label or name),
            "description": _help_text(child),
        }
        if writing and not _is_required(child):
            leaf = leaf_of(child)
            default = leaf.write_default if leaf else None
            members[name] = (
                annotation if default is not None else annotation | None,
                Field(default=default, **information),
            )
        else:
            members[name] = (annotation, Field(**information))
    if not writing:
        for name, computed in computed_fields(block).items():
            members[name] = (computed.type, Field(description=computed.description))
    return _model(
        f"{_stem(block)}{'Input' if writing else ''}Value",
        (type(block), writing),
        (type(block).__doc__ or "").split("\n")[0],
        members,
        writing=writing,
    )


def _help_text(block: Any) -> str | None:
    return str(getattr(block.meta, "help_text", "") or "") or None


def _is_required(block: Any) -> bool:
    # A chooser's ``required`` builds its form field, which wants the snippet to be registered:
    # that comes after the schemas.
    if isinstance(block, blocks.ChooserBlock):
        return bool(block._required)  # noqa: SLF001
    return bool(block.required)


def _stem(block: Any) -> str:
    return type(block).__name__.removesuffix("Block")


def _model(
    name: str, definition: Any, description: str, members: dict[str, Any], *, writing: bool
) -> Any:
    key = (name, definition)
    if key not in _types:
        if any(other == name for other, _definition in _types):
            raise LookupError(
                f"Two blocks would both be called {name} in the schema: rename a class of theirs."
            )
        base = StrictSchema if writing else Schema
        _types[key] = create_model(name, __base__=base, __doc__=description or None, **members)
    return _types[key]
