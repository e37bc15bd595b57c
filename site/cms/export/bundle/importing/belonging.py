"""Prefetches child rows and streams for many pages and snippets at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField


def prefetch_children(instances: Iterable[Any]) -> None:
    """Gives pages and snippets the rows that belong to them: a query for each kind of a type."""
    for model, group in _by_type(instances):
        for relation in get_all_child_relations(model):
            owner: Any = relation.field
            rows = relation.related_model._default_manager.filter(
                **{f"{owner.name}__in": [instance.pk for instance in group]}
            )
            found: dict[Any, list[Any]] = defaultdict(list)
            for row in rows:
                found[getattr(row, owner.attname)].append(row)
            for instance in group:
                setattr(instance, relation.get_accessor_name(), found[instance.pk])


def prefetch_streams(instances: Iterable[Any]) -> None:
    """Reads what the streams of pages show, as each of them would when it is first looked at.

    What they hold cannot be stored unchanged any more: what they show and is gone is left out.
    """
    for model, group in _by_type(instances):
        for field in model._meta.concrete_fields:
            if isinstance(field, StreamField):
                _unpack(field.stream_block, [getattr(instance, field.name) for instance in group])


def _unpack(block: Any, streams: list[Any]) -> None:
    """Unpacks the blocks of several streams together, as ``StreamValue`` does of one."""
    for kind, child in block.child_blocks.items():
        places = [
            (stream, position, raw)
            for stream in streams
            for position, raw in enumerate(stream._raw_data)  # noqa: SLF001 - see above
            if raw["type"] == kind
        ]
        if places:
            values = child.bulk_to_python([raw["value"] for _stream, _position, raw in places])
            for (stream, position, raw), value in zip(places, values, strict=True):
                stream._bound_blocks[position] = StreamValue.StreamChild(  # noqa: SLF001
                    child, value, id=raw.get("id")
                )


def _by_type(instances: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    by_type: dict[Any, list[Any]] = defaultdict(list)
    for instance in instances:
        by_type[type(instance)].append(instance)
    yield from by_type.items()
