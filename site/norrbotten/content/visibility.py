"""What anybody may see, as conditions inside a query.

Wagtail fetches every restriction first and then excludes what it covers, one query more each time.
"""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction, PageViewRestriction


def restrictions_on_page() -> QuerySet[PageViewRestriction]:
    """For ``Exists()`` in a query for pages: what restricts a page, on itself or an ancestor."""
    return PageViewRestriction.objects.annotate(candidate=_outer("path")).filter(
        candidate__startswith=F("page__path")
    )


def public_files(model: type[Model]) -> QuerySet[Any]:
    """Images or documents that lie in no restricted collection."""
    restricted = CollectionViewRestriction.objects.annotate(
        candidate=_outer("collection__path")
    ).filter(candidate__startswith=F("collection__path"))
    return model._default_manager.exclude(Exists(restricted))


def _outer(name: str) -> ExpressionWrapper:
    # A bare OuterRef cannot stand on the left of a comparison.
    return ExpressionWrapper(OuterRef(name), output_field=CharField())
