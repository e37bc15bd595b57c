"""Says that there is nothing to synchronise.

*Sync translated pages* of wagtail-localize 1.14.5 is what publishing does here, and whoever may
submit one translation could publish the page in all languages with it. Here its address explains
that each language is published by its own translators. May go when upstream publishes a language
only for who may publish it.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import View

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    apply_replacements(
        Replacement(
            "wagtail_localize.views.update_translations:UpdateTranslationsView",
            "845d4ef842085a9267b2f8cbb9d6d2a5939666711761f82e6648481c466a7b83",
            lambda _upstreams: ExplainingView,
        )
    )


class ExplainingView(View):
    """Leads to the report, with a word why."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Explains, however it is asked."""
        messages.info(
            request,
            _("Translations follow by themselves when a page is published. Each language is "
              "published by its own translators."),
        )  # fmt: skip
        return redirect("cms_translation:matrix")
