"""Queries for the redirects that have a document: those that lead anybody somewhere."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.contrib.redirects.models import Redirect

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.content.visibility import delivered_pages

_AT_A_TIME: Final = 500


def delivered_redirects() -> QuerySet[Redirect]:
    """A query for redirects to public pages and to addresses.

    One of all sites that has the same path as one of the default site leads nowhere there, and has
    no document.
    """
    to_somewhere = Q(redirect_page__in=delivered_pages().order_by().values("pk")) | (
        Q(redirect_page=None) & ~Q(redirect_link="")
    )
    of_default_site = Redirect.objects.filter(
        old_path=OuterRef("old_path"), site__is_default_site=True
    )
    found: QuerySet[Redirect] = Redirect.objects.filter(to_somewhere).exclude(
        Q(site=None) & Exists(of_default_site)
    )
    return found


def every_delivered_id() -> list[int]:
    """The ids of all redirects that have a document, in a stable order."""
    return list(delivered_redirects().order_by("pk").values_list("pk", flat=True))


def delivered_ids(ids: Collection[int] = (), *, paths: Collection[str] = ()) -> set[int]:
    """The ids of redirects that have a document, of some.

    Args:
        ids: of redirects.
        paths: from which redirects lead, as Wagtail stores them.
    """
    found: set[int] = set()
    wanted: tuple[tuple[str, Collection[Any]], ...] = (("pk__in", ids), ("old_path__in", paths))
    for condition, values in wanted:
        for some in batches(sorted(values), _AT_A_TIME):
            rows = delivered_redirects().filter(**{condition: some}).order_by()
            found.update(rows.values_list("pk", flat=True))
    return found


def delivered_ids_to(page_keys: Collection[UUID]) -> set[int]:
    """The ids of redirects that have a document and lead to some pages, in whatever language."""
    leading: set[int] = set()
    for some in batches(sorted(page_keys), _AT_A_TIME):
        leading.update(pk for (pk,) in _FIND_LEADING_TO(some))
    # Nearly always none: what is asked above is all that a publication pays for redirects.
    return delivered_ids(leading) if leading else leading


_FIND_LEADING_TO: Final = PreparedQuery(
    lambda keys: (
        Redirect.objects.filter(redirect_page__translation_key__in=keys)
        .order_by()
        .values_list("pk")
    )
)


def load_redirects(ids: Collection[int]) -> list[Redirect]:
    """Some redirects with all that their documents show, in a stable order."""
    rows = Redirect.objects.filter(pk__in=ids).select_related("redirect_page", "site__root_page")
    return list(rows.order_by("pk"))
