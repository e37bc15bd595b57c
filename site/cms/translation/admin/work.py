"""Page by page: what there is to do in a language."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.admin.download import as_csv, as_xlsx
from cms.translation.admin.links import translation_links
from cms.translation.admin.list_view import TranslationListView
from cms.translation.admin.same import list_title
from cms.translation.models import LanguageStatus, Status
from cms.translation.roles.reading import readable_sources, unreadable_pages
from cms.translation.status.versions import versions_of

URGENCY = (Status.OUTDATED, Status.PARTIAL, Status.DRAFT, Status.MISSING, Status.COMPLETE)
"""What is to be done first."""


def by_urgency(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Orders by urgency: by status, then pages as the tree has them."""
    urgency = Case(
        *(When(status=status, then=Value(rank)) for rank, status in enumerate(URGENCY)),
        output_field=IntegerField(),
    )
    page = Page.objects.filter(
        translation_key=OuterRef("source__object"), locale=OuterRef("source__locale")
    )
    ordered: QuerySet[Any] = rows.annotate(
        urgency=urgency, tree_path=Subquery(page.values("path")[:1])
    ).order_by("urgency", F("tree_path").asc(nulls_last=True), "source__object_repr", "pk")
    return ordered


def languages() -> list[tuple[str, str]]:
    """The languages that are translated into, as the choices of a filter."""
    return [
        (code, f"{language.name} ({code})")
        for code, language in LANGUAGES.items()
        if code != SOURCE_LANGUAGE_CODE
    ]


def _types() -> list[tuple[str, str]]:
    found = []
    used = LanguageStatus.objects.order_by().values("source__specific_content_type").distinct()
    for content_type in ContentType.objects.filter(pk__in=used):
        model: Any = content_type.model_class()
        if model is not None:
            found.append((model._meta.label, str(capfirst(str(model._meta.verbose_name)))))
    return sorted(found, key=lambda choice: choice[1])


class WorkFilterSet(WagtailFilterSet):
    """Filters that combine."""

    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), field_name="locale__language_code", choices=languages
    )
    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Status"), choices=Status.choices
    )
    type = django_filters.ChoiceFilter(label=gettext_lazy("Type"), choices=_types, method="of_type")
    waiting = django_filters.BooleanFilter(
        label=gettext_lazy("Waits to be published"), method="is_waiting"
    )
    review = django_filters.BooleanFilter(label=gettext_lazy("To review"), method="is_to_review")
    title = django_filters.CharFilter(
        label=gettext_lazy("Title"), field_name="source__object_repr", lookup_expr="icontains"
    )

    class Meta:
        model = LanguageStatus
        fields = ("language", "status", "type", "waiting", "review", "title")

    def of_type(self, rows: QuerySet[Any], name: str, label: str) -> QuerySet[Any]:
        """Only one type of page or fact, ``strategy.GoalPage``."""
        app_label, model = label.lower().split(".")
        return rows.filter(
            source__specific_content_type__app_label=app_label,
            source__specific_content_type__model=model,
        )

    def is_waiting(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Only what has, or has not, texts that nobody has published yet."""
        return rows.filter(unpublished__gt=0) if value else rows.filter(unpublished=0)

    def is_to_review(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Only what has, or has not, texts that somebody should read."""
        return rows.filter(to_review__gt=0) if value else rows.filter(to_review=0)


class WorkPaginator(WagtailPaginator):
    """Counts pages and facts; the rows behind them have no name for a person."""

    @property
    def items_count_label(self) -> str:
        """``8 pages and facts``."""
        return ngettext("%(count)d page or fact", "%(count)d pages and facts", self.count) % {
            "count": self.count
        }


class WorkView(TranslationListView):
    """A list of pages and facts in the user's languages, the most urgent first."""

    model = LanguageStatus
    results_template_name = "cms_translation/work_results.html"
    page_title = gettext_lazy("Translation, page by page")
    index_url_name = "cms_translation:work"
    index_results_url_name = "cms_translation:work_results"
    filterset_class = WorkFilterSet
    paginator_class = WorkPaginator

    def get_base_queryset(self) -> QuerySet[Any]:
        """Everything live in the source language, in the languages that the user may see."""
        rows = LanguageStatus.objects.filter(
            readable_sources(unreadable_pages(self.request.user)), source_live=True
        ).select_related("locale", "source__specific_content_type")
        if self.own_locales:
            rows = rows.filter(locale__in=self.own_locales)
        return by_urgency(rows)

    def get_queryset(self) -> QuerySet[Any]:
        """The same; the filters come afterwards."""
        return self.get_base_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the links for this choice of pages."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"links": translation_links(self.request), "list_title": list_title()}

    def decorate_paginated_queryset(self, object_list: Sequence[Any]) -> list["WorkRow"]:
        """Adds to each row where it is translated, in a fixed number of queries."""
        return work_rows(object_list, self.own_locales)

    def as_spreadsheet(self, rows: Any, export_format: str) -> HttpResponse:
        """All rows that the filters leave, as XLSX or CSV."""
        write = as_xlsx if export_format == "xlsx" else as_csv
        return write("translation-work", _HEADINGS, [_cells(row.status) for row in rows])


_HEADINGS = [
    "title",
    "type",
    "language",
    "status",
    "strings",
    "strings left",
    "out of date",
    "words",
    "words left",
    "to review",
    "waiting to be published",
]


def _cells(row: LanguageStatus) -> list[Any]:
    return [
        row.source.object_repr,
        f"{row.source.specific_content_type.app_label}.{row.source.specific_content_type.model}",
        row.locale.language_code,
        row.status,
        row.strings,
        row.strings - row.translated,
        row.outdated,
        row.words,
        row.words - row.translated_words,
        row.to_review,
        row.unpublished,
    ]


class WorkRow:
    """A row with its link into the editor.

    Attributes:
        edit_url: of the translation; empty where none was begun, or the user may not.
        can_begin: whether the user may begin it.
        same_url: of the list of its texts that are the same as in the source; empty where there
            are none, or the user may not say so.
    """

    def __init__(self, status: LanguageStatus, edit_url: str, *, can_begin: bool) -> None:
        self.status = status
        self.edit_url = edit_url
        self.can_begin = can_begin
        self.same_url = ""
        if edit_url and status.status != Status.COMPLETE:
            address = reverse("cms_translation:same", args=[status.locale.language_code])
            self.same_url = f"{address}?of={status.source.object_id}"
        self.title = status.source.object_repr
        self.left = status.strings - status.translated
        self.words_left = status.words - status.translated_words

    @property
    def kind(self) -> str:
        """The type, for a person."""
        model: Any = self.status.source.specific_content_type.model_class()
        return str(capfirst(str(model._meta.verbose_name)))


def work_rows(statuses: Sequence[LanguageStatus], own_locales: set[int]) -> list[WorkRow]:
    """Rows with their addresses: one query for all pages, one for each type of snippet."""
    keys: dict[int, set[Any]] = {}
    for status in statuses:
        source = status.source
        keys.setdefault(source.specific_content_type_id, set()).add(source.object_id)
    versions = versions_of(keys)
    finder = AdminURLFinder()
    rows = []
    for status in statuses:
        version = versions.get((status.source.object_id, status.locale_id))
        may_edit = status.locale_id in own_locales
        url = ""
        if version is not None and may_edit:
            model: Any = status.source.specific_content_type.model_class()
            url = finder.get_edit_url(model(pk=version.id)) or ""
        rows.append(WorkRow(status, url, can_begin=may_edit and version is None))
    return rows
