"""The translator's start page: their languages, and what to do in each."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Locale

from cms.common.request_component import RequestComponent
from cms.languages.registry import get_language
from cms.translation.admin.links import translation_links
from cms.translation.admin.same import list_title
from cms.translation.admin.work import WorkRow, by_urgency, work_rows
from cms.translation.lifecycle.tree_alignment import divergences
from cms.translation.models import LanguageStatus, Status
from cms.translation.roles.permissions import translator_locales
from cms.translation.roles.reading import readable_sources, unreadable_pages
from cms.translation.status.overview import matrix

SHOWN = 5
"""Pages that each list shows."""

MOST_LANGUAGES = 3
"""Of who has more than these, an administrator, the start page shows the report's figures."""


class TranslatorPanel(RequestComponent):
    """A panel for each language of the user; for who has none, one line for each language."""

    name = "translations"
    template_name = "cms_translation/dashboard.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The lists, each with the most urgent first."""
        user = parent_context["request"].user
        own = translator_locales(user)
        is_translator = 0 < len(own) <= MOST_LANGUAGES
        unreadable = unreadable_pages(user)
        readable = readable_sources(unreadable)
        found = matrix(own or None, readable)
        return {
            "is_translator": is_translator,
            "rows": found.rows,
            "languages": [_language(locale, readable) for locale in own] if is_translator else [],
            "divergences": divergences(
                [locale.pk for locale in own] if own else None, unreadable.pages
            )
            if is_translator or user.is_superuser
            else [],
            "links": translation_links(parent_context["request"]),
            "report_url": reverse("cms_translation:matrix"),
            "list_title": list_title(),
        }


def _language(locale: Locale, readable: Q) -> dict[str, Any]:
    code = locale.language_code
    [row] = matrix([locale], readable).rows
    return {
        "language": get_language(code),
        "figures": row.total,
        "lists": [
            {
                "name": name,
                "rows": _rows(locale, readable & Q(status__in=statuses)),
                "count": sum(getattr(row.total, status.value) for status in statuses),
                "url": _work_url(code, statuses),
            }
            for name, statuses in LISTS.items()
        ],
        "waiting": _rows(locale, readable & Q(unpublished__gt=0)),
        "waiting_url": _work_url(code, (), waiting="true"),
        "same_url": reverse("cms_translation:same", args=[code]),
    }


LISTS: dict[str, tuple[Status, ...]] = {
    "outdated": (Status.OUTDATED,),
    "partial": (Status.PARTIAL, Status.DRAFT),
    "new": (Status.MISSING,),
}


def _rows(locale: Locale, condition: Q) -> list[WorkRow]:
    found = LanguageStatus.objects.filter(condition, locale=locale, source_live=True)
    found = by_urgency(found.select_related("locale", "source__specific_content_type"))
    return work_rows(list(found[:SHOWN]), {locale.pk})


def _work_url(code: str, statuses: tuple[Status, ...], **more: str) -> str:
    query = [("language", code), *(("status", status.value) for status in statuses)]
    return f"{reverse('cms_translation:work')}?{urlencode([*query, *more.items()])}"
