"""Tells that a collection was moved.

``Collection.move`` of Wagtail 8.0.1, which is treebeard 5.3.1's, stores a collection's new place
with a statement of its own, and sends no signal. Images and files that come under a closed
collection in this way would stay in documents. Here what lies in a collection is invalidated when
it was moved. May go when a signal tells of it.
"""

from functools import wraps
from typing import Any

from wagtail.models import Collection

from cms.delivery.tracking.signals import touch_collection
from cms.delivery.tracking.transaction import tracked
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.models:Collection.move",
            "3808f525d201a35ac1b39a7d05695483c4132a5c2173e4513dcfb8c2e2d07561",
            followed,
        )
    )


def followed(move: Any) -> Any:
    """The move, after which what lies in the collection is invalidated."""

    @tracked
    @wraps(move)
    def move_and_follow(collection: Any, *args: Any, **kwargs: Any) -> Any:
        result = move(collection, *args, **kwargs)
        touch_collection(Collection.objects.get(pk=collection.pk))
        return result

    return move_and_follow
