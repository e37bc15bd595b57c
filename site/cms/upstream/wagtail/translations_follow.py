"""Has the translations of a page that is unpublished or deleted follow it.

Wagtail 8.0.1 takes down the page alone. Its hook ``construct_translated_pages_to_cascade_actions``
is asked by two views of the admin, which then delete or unpublish whatever it names; bulk actions,
the API and ``publish_scheduled`` do not ask it. Here the actions themselves, through which all of
these go, do what was chosen (see ``translation/lifecycle/taking_down.py``). May go when the actions
have a hook or a choice of their own.
"""

from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from cms.translation.lifecycle.closed_pages import staying_closed
from cms.translation.lifecycle.taking_down import bring_back, follow_taking_down
from cms.upstream.replacement import Replacement, apply_replacements

_deleted: ContextVar[frozenset[int]] = ContextVar("deleted", default=frozenset())
"""Ids of pages that are being deleted, whose translations have followed."""


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.actions.unpublish_page:UnpublishPageAction._after_unpublish",
            "849e18bb91bbecb646b2d0f835a4e541e6ad247f0ae996feb60ace30e9de2dcb",
            followed_by_translations,
        ),
        Replacement(
            "wagtail.actions.delete_page:DeletePageAction._delete_page",
            "00442481e6674f5ec3c5242c02ec228e2424640a1ec61c9fdffb1092ab085b1e",
            preceded_by_translations,
        ),
        Replacement(
            "wagtail.actions.publish_page_revision:PublishPageRevisionAction._after_publish",
            "fb570606ddb3e792a380b5e3264244dbb266f5eb1469af7941bb456287889b5e",
            bringing_translations_back,
        ),
    )


def followed_by_translations(tell: Any) -> Any:
    """Tells that a page was unpublished, after which its translations follow.

    Wagtail unpublishes what it deletes, too: then they have followed already.
    """

    @wraps(tell)
    def tell_and_follow(action: Any, page: Page) -> None:
        tell(action, page)
        if page.pk not in _deleted.get():
            follow_taking_down(page, [page.pk], action.user, is_expired=action.set_expired)

    return tell_and_follow


def preceded_by_translations(delete: Any) -> Any:
    """Deletes a page and all below it, before which the translations of these follow.

    What stays, live or not, stays closed if it was closed with the page.
    """

    @wraps(delete)
    def follow_and_delete(action: Any, page: Page, *args: Any, **kwargs: Any) -> Any:
        deleted = Page.objects.descendant_of(page, inclusive=True)
        pages = list(deleted.values_list("pk", flat=True))
        shown = Q(translation_key__in=deleted.values("translation_key")) | Q(alias_of__in=pages)
        others = Page.objects.filter(shown).exclude(pk__in=pages).values_list("pk", flat=True)
        follow_taking_down(page, pages, action.user)
        token = _deleted.set(_deleted.get().union(pages))
        try:
            with staying_closed(list(others)):
                return delete(action, page, *args, **kwargs)
        finally:
            _deleted.reset(token)

    return follow_and_delete


def bringing_translations_back(tell: Any) -> Any:
    """Tells that a page was published, after which comes back what was taken down with it."""

    @wraps(tell)
    def tell_and_bring_back(action: Any) -> None:
        tell(action)
        if action.object.live:
            bring_back(action.object, action.user)

    return tell_and_bring_back
