"""The list of deleted pages."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views import generic

from cms.languages.names import display_name
from cms.languages.registry import LANGUAGES
from cms.wastebasket.models import DeletedPage
from cms.wastebasket.permissions import seen_by
from cms.wastebasket.placing import page_model


def type_name(deleted: DeletedPage) -> str:
    """The type of a deleted page, for a person."""
    model = page_model(deleted)
    return str(capfirst(str(model._meta.verbose_name))) if model else deleted.type


def language_names(deleted: DeletedPage) -> str:
    """The language of a page, and those in which it was taken down along."""
    codes = [deleted.locale, *deleted.details["taken_down"]]
    return ", ".join(display_name(code) for code in dict.fromkeys(codes) if code in LANGUAGES)


def days_left(deleted: DeletedPage) -> str:
    """The days for which it can still be brought back."""
    count = deleted.days_left
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _types() -> list[tuple[str, str]]:
    labels = DeletedPage.objects.order_by().values_list("type", flat=True).distinct()
    found = [(label, type_name(DeletedPage(type=label))) for label in labels]
    return sorted(found, key=lambda choice: choice[1])


def _languages() -> list[tuple[str, str]]:
    return [(code, display_name(code)) for code in LANGUAGES]


class WastebasketFilterSet(WagtailFilterSet):
    """Filters that combine."""

    type = django_filters.ChoiceFilter(label=gettext_lazy("Type"), choices=_types)
    locale = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=_languages)

    class Meta:
        model = DeletedPage
        fields = ("type", "locale")


class WastebasketView(generic.IndexView):
    """The deleted pages that the user sees, the latest first."""

    model = DeletedPage
    permission_policy = None
    page_title = gettext_lazy("Wastebasket")
    header_icon = "bin"
    results_template_name = "cms_wastebasket/list_results.html"
    index_url_name = "cms_wastebasket:list"
    index_results_url_name = "cms_wastebasket:list_results"
    filterset_class = WastebasketFilterSet
    search_fields = ("title",)
    search_backend_name = None
    default_ordering = ("-deleted_at", "-pk")
    paginate_by = 50
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuses who may not enter the admin.

        Raises:
            PermissionDenied: the user may not.
        """
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[DeletedPage]:
        """Those that the user sees."""
        return seen_by(self.request.user).select_related("deleted_by")

    @cached_property
    def columns(self) -> list[Any]:
        """The title leads to what comes back."""
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                sort_key="title",
                get_url=lambda deleted: reverse("cms_wastebasket:bring_back", args=[deleted.pk]),
            ),
            Column("type", label=_("Type"), accessor=type_name),
            Column("languages", label=_("Languages"), accessor=language_names),
            Column("pages", label=_("Pages"), sort_key="pages"),
            UserColumn(
                "deleted_by",
                label=_("Deleted by"),
                blank_display_name=_("nobody who is still here"),
            ),
            DateColumn("deleted_at", label=_("Deleted at"), sort_key="deleted_at"),
            Column("days_left", label=_("Days left"), accessor=days_left),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]
