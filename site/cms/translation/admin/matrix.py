"""The report of all languages: one row each, a column for each type of page and fact."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.translation.admin.download import as_csv, as_xlsx
from cms.translation.admin.links import translation_links
from cms.translation.admin.same import list_title
from cms.translation.lifecycle.tree_alignment import divergences
from cms.translation.models import Status
from cms.translation.roles.permissions import translator_locales
from cms.translation.roles.reading import readable_sources, unreadable_pages
from cms.translation.status.overview import Figures, Matrix, matrix


class MatrixView(WagtailAdminTemplateMixin, TemplateView):
    """The progress of each language.

    Translators see their own languages; who translates into none sees them all.
    """

    template_name = "cms_translation/matrix.html"
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        """The heading."""
        return _("Translation status")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The breadcrumbs of the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For everybody whom the admin lets in."""
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the table as ``?export=xlsx`` or ``csv``."""
        own = translator_locales(request.user)
        self.locales = own or None
        self.unreadable = unreadable_pages(request.user)
        found = matrix(self.locales, readable_sources(self.unreadable))
        match request.GET.get("export"):
            case "xlsx":
                return as_xlsx("translation-status", _headings(), _rows(found))
            case "csv":
                return as_csv("translation-status", _headings(), _rows(found))
        context = self.get_context_data(matrix=found)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the cells of the table, each with the list that it leads to."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found: Matrix = context["matrix"]
        own = {locale.language_code for locale in self.locales or ()}
        context["list_title"] = list_title()
        context["rows"] = [
            {
                "language": row.language,
                "same_url": reverse("cms_translation:same", args=[row.language.code])
                if row.language.code in own
                else "",
                "total": _cell(row.language.code, "", row.total),
                "cells": [
                    _cell(
                        row.language.code,
                        kind.label,
                        row.by_type.get(kind.content_type, Figures()),
                    )
                    for kind in found.kinds
                ],
            }
            for row in found.rows
        ]
        pks = None if self.locales is None else [locale.pk for locale in self.locales]
        context["divergences"] = divergences(pks, self.unreadable.pages)
        context["links"] = translation_links(self.request)
        return context


def _cell(code: str, label: str, figures: Figures) -> dict[str, Any]:
    """Figures with the link to the pages that they count."""
    query = {"language": code} | ({"type": label} if label else {})
    address = reverse("cms_translation:work")
    return {
        "figures": figures,
        "url": f"{address}?{urlencode(query)}",
        "counts": [
            {
                "status": status.value,
                "name": status.label,
                "number": getattr(figures, status.value),
                "url": f"{address}?{urlencode(query | {'status': status.value})}",
            }
            for status in (Status.OUTDATED, Status.PARTIAL, Status.DRAFT, Status.MISSING)
            if getattr(figures, status.value)
        ],
    }


def _headings() -> list[str]:
    statuses = [str(status.label) for status in Status]
    return [
        _("Language"),
        _("Code"),
        _("Type"),
        *statuses,
        _("Strings left"),
        _("Words left"),
        _("Words"),
    ]


def _rows(found: Matrix) -> list[list[Any]]:
    rows = []
    for row in found.rows:
        for kind in found.kinds:
            figures = row.by_type.get(kind.content_type, Figures())
            counts = [getattr(figures, status.value) for status in Status]
            rows.append(
                [
                    row.language.name,
                    row.language.code,
                    kind.name,
                    *counts,
                    figures.strings_left,
                    figures.words_left,
                    figures.words,
                ]
            )
    return rows
