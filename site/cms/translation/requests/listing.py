"""The list of what editors asked the translators for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.db import models
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator

from cms.languages.names import display_name
from cms.translation.admin.download import as_csv, as_xlsx
from cms.translation.admin.list_view import TranslationListView
from cms.translation.admin.work import WorkRow, languages, work_rows
from cms.translation.models import LanguageStatus, TranslationRequest
from cms.translation.requests.asking import visible_requests


class State(models.TextChoices):
    """The states of a request, for a person who looks for some."""

    OPEN = "open", gettext_lazy("open")
    OVERDUE = "overdue", gettext_lazy("overdue")
    DONE = "done", gettext_lazy("done")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")


class AskedFilterSet(WagtailFilterSet):
    """Filters that combine."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, method="in_state"
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), field_name="locale__language_code", choices=languages
    )
    mine = django_filters.BooleanFilter(label=gettext_lazy("Asked by me"), method="by_me")
    title = django_filters.CharFilter(
        label=gettext_lazy("Title"), field_name="source__object_repr", lookup_expr="icontains"
    )

    class Meta:
        model = TranslationRequest
        fields = ("state", "language", "mine", "title")

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Only those in a state; one that is overdue is open as well."""
        if value == State.OVERDUE:
            return rows.filter(outcome="", due__lt=timezone.localdate())
        return rows.filter(outcome="" if value == State.OPEN else value)

    def by_me(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Only what the user asked, or only what others did."""
        own = Q(asked_by=self.request.user.pk) if self.request is not None else Q()
        return rows.filter(own if value else ~own | Q(asked_by=None))


class AskedPaginator(WagtailPaginator):
    """Counts requests."""

    @property
    def items_count_label(self) -> str:
        """``8 requests``."""
        return ngettext("%(count)d request", "%(count)d requests", self.count) % {
            "count": self.count
        }


class AskedRow:
    """A request with how far it is.

    Attributes:
        work: the page or fact in the language, with the way into its editor; ``None`` where it is
            no longer counted.
        ask_url: where the request is changed; empty for who may not.
    """

    def __init__(
        self, request: TranslationRequest, work: WorkRow | None, ask_url: str, today: date
    ) -> None:
        self.request = request
        self.work = work
        self.ask_url = ask_url
        self.title = request.source.object_repr
        self.language = display_name(request.locale.language_code)
        self.is_overdue = request.outcome == "" and request.due < today

    @property
    def state(self) -> str:
        """The state, for a person."""
        if self.request.outcome:
            return str(State(self.request.outcome).label)
        return str((State.OVERDUE if self.is_overdue else State.OPEN).label)


def asked_rows(requests: Sequence[TranslationRequest], own_locales: set[int]) -> list[AskedRow]:
    """Rows with how far each is: the queries of :func:`work_rows`, and one.

    Those of languages that are not one's own lead to where the request is changed.
    """
    places = {(request.source_id, request.locale_id) for request in requests}
    found = LanguageStatus.objects.filter(
        source__in={source for source, _locale in places},
        locale__in={locale for _source, locale in places},
    ).select_related("locale", "source__specific_content_type")
    statuses = [one for one in found if (one.source_id, one.locale_id) in places]
    works = {
        (row.status.source_id, row.status.locale_id): row
        for row in work_rows(statuses, own_locales)
    }
    today = timezone.localdate()
    return [
        AskedRow(
            request,
            works.get((request.source_id, request.locale_id)),
            reverse("cms_translation:ask", args=[request.source.object_id])
            if request.locale_id not in own_locales
            else "",
            today,
        )
        for request in requests
    ]


class AskedView(TranslationListView):
    """The list of requests, the open first, each by its day."""

    model = TranslationRequest
    results_template_name = "cms_translation/asked_results.html"
    page_title = gettext_lazy("Asked for")
    index_url_name = "cms_translation:asked"
    index_results_url_name = "cms_translation:asked_results"
    filterset_class = AskedFilterSet
    paginator_class = AskedPaginator

    def get_base_queryset(self) -> QuerySet[Any]:
        """Everything that the user is told of."""
        rows = visible_requests(self.request.user).select_related(
            "source__specific_content_type", "locale", "asked_by"
        )
        return rows.order_by(F("ended_at").desc(nulls_first=True), "due", "pk")

    def get_queryset(self) -> QuerySet[Any]:
        """The same; the filters come afterwards."""
        return self.get_base_queryset()

    def decorate_paginated_queryset(self, object_list: Sequence[Any]) -> list[AskedRow]:
        """Adds to each row how far it is, in a fixed number of queries."""
        is_superuser = bool(self.request.user.is_superuser)
        own = set() if is_superuser else self.own_locales
        return asked_rows(object_list, own)

    def as_spreadsheet(self, rows: Any, export_format: str) -> HttpResponse:
        """All rows that the filters leave, as XLSX or CSV."""
        write = as_xlsx if export_format == "xlsx" else as_csv
        return write("translation-requests", _HEADINGS, [_cells(row) for row in rows])


_HEADINGS = ["title", "language", "by", "wanted by", "note", "state", "words left", "made"]


def _cells(row: AskedRow) -> list[Any]:
    request = row.request
    return [
        row.title,
        request.locale.language_code,
        request.asker,
        request.due.isoformat(),
        request.note,
        row.state,
        row.work.words_left if row.work is not None else "",
        request.made_at.date().isoformat(),
    ]
