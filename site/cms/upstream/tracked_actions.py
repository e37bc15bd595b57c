"""Changes inside Wagtail 8.0.1, because no hook or signal reaches it.

``execute`` of Wagtail's actions (publish, unpublish, move, copy, delete, …) writes a page, then its
log, then tells of it, each in a transaction of its own where the caller has opened none, as
``publish_scheduled`` has not. ``save`` tells of what it has stored when that is committed already,
and before a page's rows and the addresses below it are stored. A machine that stops in between
would leave a live page without its document. Here each is one transaction, at whose end the
documents follow. May go when the actions are atomic upstream and the documents can follow before
they commit.
"""

from functools import wraps
from typing import Any

from django.apps import apps
from modelcluster.fields import ParentalKey
from wagtail import actions
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    TranslatableMixin,
)
from wagtail_localize.models import StringTranslation, Translation

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.tracking.page_position import refresh_before_saving, refresh_place, refresh_places
from cms.delivery.tracking.signals import touch_collection
from cms.delivery.tracking.transaction import tracked


def patch() -> None:
    """Wraps everything that changes something; done once, when Django starts."""
    # Within what is followed: the place is read when nobody else can change it any more.
    Page.save = _preceded(Page.save, refresh_before_saving)
    Page.add_child = tracked(_preceded(Page.add_child, refresh_place))
    for name in actions.__all__:
        action: Any = getattr(actions, name)
        if "execute" in getattr(action, "__dict__", {}):
            action.execute = tracked(_preceded(action.execute, refresh_places))
    for model in _models():
        for name in ("save", "delete"):
            setattr(model, name, tracked(getattr(model, name)))
    Collection.move = _followed_move(Collection.move)


def _preceded(function: Any, before: Any) -> Any:
    @wraps(function)
    def after_that(this: Any, *args: Any, **kwargs: Any) -> Any:
        before(this, **kwargs)
        return function(this, *args, **kwargs)

    return after_that


def _models() -> list[Any]:
    """Everything that is saved by itself and shows in documents: see ``signals.py``."""
    found: list[Any] = [
        Page,
        ContentImage,
        ContentDocument,
        Collection,
        CollectionViewRestriction,
        PageViewRestriction,
        Locale,
        Site,
        StringTranslation,
        Translation,
    ]
    for model in apps.get_models():
        is_snippet = issubclass(model, TranslatableMixin) and issubclass(model, DraftStateMixin)
        is_row = any(isinstance(field, ParentalKey) for field in model._meta.local_fields)
        if (is_snippet or is_row) and not issubclass(model, Page):
            found.append(model)
    return found


def _followed_move(move: Any) -> Any:
    """No signal tells that a collection was moved, perhaps under a closed one."""

    @tracked
    @wraps(move)
    def move_and_follow(collection: Any, *args: Any, **kwargs: Any) -> Any:
        result = move(collection, *args, **kwargs)
        touch_collection(Collection.objects.get(pk=collection.pk))
        return result

    return move_and_follow
