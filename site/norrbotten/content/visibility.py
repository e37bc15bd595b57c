"""What anybody may see, as conditions inside a query.

Wagtail fetches every restriction first and then excludes what it covers, one query more each time.
"""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction


def restrictions_on_page() -> Any:
    """For ``Exists()`` in a query for pages: what restricts a page, on itself or an ancestor."""
    return PageViewRestriction.objects.annotate(candidate=_outer("path")).filter(
        candidate__startswith=F("page__path")
    )


def public_pages() -> Any:
    """Pages that anybody may see: live, and neither they nor an ancestor restricted."""
    return Page.objects.live().exclude(Exists(restrictions_on_page()))


def public_files(model: type[Model]) -> QuerySet[Any]:
    """Images or documents that lie in no restricted collection."""
    restricted = CollectionViewRestriction.objects.annotate(
        candidate=_outer("collection__path")
    ).filter(candidate__startswith=F("collection__path"))
    return model._default_manager.exclude(Exists(restricted))


def _outer(name: str) -> Any:
    # A bare OuterRef cannot stand on the left of a comparison.
    return ExpressionWrapper(OuterRef(name), output_field=CharField())
