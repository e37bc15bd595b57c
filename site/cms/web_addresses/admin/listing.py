"""The list of dead addresses, and of others of which there is something to say."""

from typing import Any, Final

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic

from cms.content.start_page.panel import is_editor
from cms.web_addresses.admin.seeing import seen_addresses
from cms.web_addresses.admin.shown_places import MOST, shown_places
from cms.web_addresses.models import WebAddress

MOVED: Final = "moved"
UNKNOWN: Final = "unknown"
CONFIRMED: Final = "confirmed"

ALL: Final = 1_000
"""Places of one address that are shown where nothing else is; nobody mends more by hand."""

_LONGEST_ID: Final = 19
"""Digits; databases hold no larger number."""

_UNKNOWN: Final = (WebAddress.Status.REFUSED, WebAddress.Status.NOT_ASKED)


class WebAddressFilterSet(WagtailFilterSet):
    """One filter; without it the list has what is dead."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("Dead"),
        method="in_state",
        choices=(
            (MOVED, gettext_lazy("Moved for good")),
            (UNKNOWN, gettext_lazy("Nothing is known")),
            (CONFIRMED, gettext_lazy("Said to be right")),
        ),
    )

    class Meta:
        model = WebAddress
        fields = ("state",)

    def filter_queryset(self, queryset: Any) -> Any:
        """Keeps what is dead, unless another state is chosen."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.dead()
        return super().filter_queryset(queryset)

    def in_state(self, queryset: Any, name: str, state: str) -> Any:
        """Keeps what is in the state that was chosen."""
        if state == CONFIRMED:
            return queryset.filter(confirmed_at__isnull=False)
        statuses = (WebAddress.Status.MOVED,) if state == MOVED else _UNKNOWN
        return queryset.filter(status__in=statuses, confirmed_at=None)


class WebAddressesView(generic.IndexView):
    """The addresses that the user sees, those first that have been so for longest."""

    model = WebAddress
    permission_policy = None
    page_title = gettext_lazy("Dead links")
    header_icon = "link"
    results_template_name = "cms_web_addresses/list_results.html"
    index_url_name = "cms_web_addresses:list"
    index_results_url_name = "cms_web_addresses:list_results"
    filterset_class = WebAddressFilterSet
    search_fields = ("url",)
    search_backend_name = None
    default_ordering = ("since", "pk")
    paginate_by = 50
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuses who changes no pages.

        Raises:
            PermissionDenied: the user changes none but translations.
        """
        if not is_editor(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[WebAddress]:
        """Those that the user sees; the one alone of which more is to be seen."""
        seen = seen_addresses(self.request.user).select_related("confirmed_by")
        return seen.filter(pk=self.only) if self.only else seen

    @cached_property
    def only(self) -> int | None:
        """The id of the address of which all places are to be seen."""
        asked = self.request.GET.get("address", "")
        return int(asked) if asked.isdecimal() and len(asked) < _LONGEST_ID else None

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds where each of them stands."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        places = shown_places(self.request.user, shown, ALL if self.only else MOST)
        return context | {
            "rows": [(address, places[address.pk]) for address in shown],
            "is_checked": settings.WEB_ADDRESSES_CHECK,
            # Also where the results alone are fetched.
            "here": f"{self.index_url}?{self.request.GET.urlencode()}",
        }

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The list itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]
