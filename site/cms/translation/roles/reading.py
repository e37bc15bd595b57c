"""Pages whose texts a user may not read, though they may work in a language.

A page is closed for readers by Wagtail's *Privacy*. In a file its text would go on to whoever gets
the file; so it leaves only for who is let in, or may say who is.
"""

from typing import Any

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction


def closed_pages(user: Any) -> set[int]:
    """Ids of the pages that are closed to a user, with all below them.

    One with a password is closed to who may not set it: whether somebody knows it is not known.
    """
    if user.is_superuser:
        return set()
    groups = set(user.groups.values_list("pk", flat=True))
    restrictions = PageViewRestriction.objects.exclude(
        restriction_type=PageViewRestriction.LOGIN
    ).select_related("page")
    return {
        restriction.page_id
        for restriction in restrictions.prefetch_related("groups")
        if not _is_let_in(restriction, user, groups)
    }


def unreadable_keys(user: Any) -> Any:
    """A query for the translation keys of what is closed to a user; ``None`` where nothing is.

    A key is that of all languages: what is closed in one leaves in none.
    """
    paths = Page.objects.filter(pk__in=closed_pages(user)).values_list("path", flat=True)
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return Page.objects.filter(below).order_by().values("translation_key") if below else None


def _is_let_in(restriction: PageViewRestriction, user: Any, groups: set[int]) -> bool:
    if restriction.restriction_type == PageViewRestriction.GROUPS and groups & {
        group.pk for group in restriction.groups.all()
    }:
        return True
    return bool(restriction.page.permissions_for_user(user).can_set_view_restrictions())
