"""Conditions inside a query for what anybody may see."""

from functools import cache
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from wagtail.models import CollectionViewRestriction, Page

from cms.content.site_roots import site_roots


def public_pages() -> Any:
    """Pages that anybody may see: live, and not closed."""
    # A copy: who reads it keeps what was found.
    return _public_pages().all()


@cache
def _public_pages() -> Any:
    return Page.objects.live().filter(id__is_closed=False)


def delivered_pages() -> Any:
    """A query for the public pages of all sites, in all their languages."""
    below = Q(pk__in=[])
    for root in site_roots():
        below |= Q(path__startswith=root.path)
    return public_pages().filter(below)


def public_files(model: type[Model]) -> QuerySet[Any]:
    """Images or documents that lie in no restricted collection."""
    return model._default_manager.exclude(Exists(restrictions_on_collection("collection__path")))


@cache
def restrictions_on_collection(path: str) -> Any:
    """For ``Exists()``: a collection or one above it, if it is restricted.

    Args:
        path: the field of the query around it that has the collection's path.
    """
    restricted = CollectionViewRestriction.objects.annotate(candidate=_outer(path))
    return restricted.filter(candidate__startswith=F("collection__path"))


def _outer(name: str) -> Any:
    # A bare OuterRef cannot stand on the left of a comparison.
    return ExpressionWrapper(OuterRef(name), output_field=CharField())
