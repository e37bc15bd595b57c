"""Keeps what is deleted with a page, so that the page can come back.

Wagtail 8.0.1 deletes a page for good. Its hooks ``before_delete_page`` and ``before_bulk_action``
are called by views of the admin alone, and the signal ``pre_delete`` for each of the rows that go,
in the middle of the deletion, when its translations may be gone already. Here the action itself,
through which the admin, bulk actions, the API and ``Page.delete`` go, puts the page into the
wastebasket (see ``wastebasket/deleting.py``). May go when a hook or signal comes before the action.
"""

from functools import wraps
from typing import Any

from wagtail.models import Page

from cms.upstream.replacement import Replacement, apply_replacements
from cms.wastebasket.deleting import keeping_deleted


def apply() -> None:
    """Puts it in, around what has the translations of a deleted page follow."""
    apply_replacements(
        Replacement(
            "wagtail.actions.delete_page:DeletePageAction._delete_page",
            "00442481e6674f5ec3c5242c02ec228e2424640a1ec61c9fdffb1092ab085b1e",
            keeping,
        )
    )


def keeping(delete: Any) -> Any:
    """Deletes a page and all below it, and keeps both in the wastebasket."""

    @wraps(delete)
    def keep_and_delete(action: Any, page: Page, *args: Any, **kwargs: Any) -> Any:
        with keeping_deleted(page, action.user):
            return delete(action, page, *args, **kwargs)

    return keep_and_delete
