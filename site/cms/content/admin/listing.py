"""Lists of pages that offer nothing to filter by that somebody may not see."""

from typing import Any

import django_filters
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.models import TranslatableMixin

from cms.content.admin.visible import visible


class VisibleFilterSet(PageFilterSet):
    """Filters of which those for a fact offer the facts that the user may see."""

    @classmethod
    def filter_for_lookup(cls, field: Any, lookup_type: str) -> tuple[Any, dict[str, Any]]:
        """Wagtail's filter, with a query that asks who looks."""
        filter_class, options = super().filter_for_lookup(field, lookup_type)
        model = getattr(field, "related_model", None)
        is_choice = isinstance(filter_class, type) and issubclass(
            filter_class, django_filters.ModelChoiceFilter
        )
        if is_choice and model is not None and issubclass(model, TranslatableMixin):

            def queryset(request: HttpRequest) -> Any:
                return visible(request.user, model._default_manager.all())

            options["queryset"] = queryset
        return filter_class, options


class VisibleIndexView(IndexView):
    """A list of all pages of a type."""

    base_filterset_class = VisibleFilterSet
