"""Finds or makes the collections that records name by their way from the root."""

from typing import Any, Final

from wagtail.models import Collection

from cms.export.bundle.importing.refusals import FilePosition

_LONGEST_NAME: Final = 255
_MOST_BESIDE: Final = 1000
"""Collections of one name beside each other."""
_DEEPEST: Final = 60
"""Collections in one another; the tree holds some more."""


def collection_at(place: FilePosition, way: Any) -> Collection:
    """The collection at the end of a way from the root, which is made where it is missing.

    Args:
        way: its steps, as :func:`cms.export.bundle.editable.lines.collection_names` writes them.
    """
    steps = [_step(step) for step in way] if isinstance(way, list) else [None]
    if len(steps) >= _DEEPEST:
        raise place.refuse(f"{way!r:.80} leads deeper than {_DEEPEST} collections.")
    collection = Collection.get_first_root_node()
    for step in steps:
        if step is None:
            raise place.refuse(f"{way!r:.80} is no way to a collection.")
        name, number = step
        below = list(collection.get_children().filter(name=name).order_by("path")[:number])
        while len(below) < number:
            # Asked for anew: each child that is added changes the row.
            parent = Collection.objects.get(pk=collection.pk)
            below.append(parent.add_child(name=name))
        collection = below[-1]
    return collection


def _step(step: Any) -> tuple[str, int] | None:
    """The name of a step, and which of that name it is, from 1."""
    if isinstance(step, str):
        return (step, 1) if 0 < len(step) <= _LONGEST_NAME else None
    is_numbered = isinstance(step, list) and list(map(type, step)) == [str, int]
    if is_numbered and 1 < step[1] <= _MOST_BESIDE and 0 < len(step[0]) <= _LONGEST_NAME:
        return step[0], step[1]
    return None


def is_closed(collection: Collection) -> bool:
    """Tells whether it is restricted, or lies in one that is."""
    return bool(collection.get_view_restrictions().exists())
