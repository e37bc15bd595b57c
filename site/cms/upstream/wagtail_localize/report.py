"""Leads from wagtail-localize's report of translations to ours.

The report of wagtail-localize 1.14.5 says "Waiting for translations" of what was never translated
and of what is out of date. Ours, which knows the difference, takes its place. May go when upstream
tells them apart.
"""

from django.views.generic import RedirectView

from cms.upstream.replacement import Replacement, UpstreamCode, apply_replacements, declare

STATUS = UpstreamCode(
    "wagtail_localize.models:Translation.get_status_display",
    "2a7eb7f84c42f71d6b1b4340b957d70b13e99b83cbda13c810c50a8ef8f901ca",
)


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    declare(STATUS)
    apply_replacements(
        Replacement(
            "wagtail_localize.views.report:TranslationsReportView",
            "e247731bb6996a9efca66cc97bb9da9469849523323e841a0a00481f16e3d0f9",
            lambda _upstreams: ToOurReport,
        )
    )


class ToOurReport(RedirectView):
    """Takes the options that upstream gives its view."""

    pattern_name = "cms_translation:matrix"
    results_only = False
