"""The translator's start page: their languages, and what to do in each."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from cms.common.request_component import RequestComponent
from cms.translation.admin.desk import make_desk
from cms.translation.admin.links import translation_links
from cms.translation.lifecycle.tree_alignment import divergences
from cms.translation.roles.permissions import translator_locales
from cms.translation.roles.reading import readable_sources, unreadable_pages
from cms.translation.status.overview import matrix

MOST_LANGUAGES = 3
"""Of who has more than these, an administrator, the start page shows the report's figures."""


class TranslatorPanel(RequestComponent):
    """The desk of who translates; for who does not, one line for each language."""

    name = "translations"
    template_name = "cms_translation/dashboard.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The lists, each with the most urgent first."""
        user = parent_context["request"].user
        own = translator_locales(user)
        unreadable = unreadable_pages(user)
        is_translator = 0 < len(own) <= MOST_LANGUAGES
        context = {
            "links": translation_links(parent_context["request"]),
            "report_url": reverse("cms_translation:matrix"),
            "divergences": divergences(
                [locale.pk for locale in own] if own else None, unreadable.pages
            )
            if is_translator or user.is_superuser
            else [],
        }
        if is_translator:
            return context | {"desk": make_desk(own, unreadable), "many": len(own) > 1}
        return context | {"rows": matrix(own or None, readable_sources(unreadable)).rows}
