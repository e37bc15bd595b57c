"""The front door, which leads to the visitor's best language, and texts of the admin's scripts."""

from collections.abc import Container

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page, Site

from cms.languages.registry import SOURCE_LANGUAGE_CODE

_script_texts = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms.languages"])


@never_cache
@require_safe
def admin_script_texts(request: HttpRequest) -> HttpResponseBase:
    """Texts of Wagtail's scripts in the person's language, with those that Wagtail lacks."""
    response: HttpResponseBase = get_localized_response(_script_texts, request)
    return response


@require_safe
def redirect_to_best_language(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect to the start page in the language that the visitor asks for and the site has.

    ``Accept-Language`` is matched against the languages whose start page is live and public; with
    no match, the source language.
    """
    code = best_language(request.headers.get("Accept-Language", ""), _live_languages(request))
    response = HttpResponseRedirect(f"{settings.FORCE_SCRIPT_NAME or ''}/{code}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def best_language(accept_language: str, available: Container[str]) -> str:
    """Return the first available language of an ``Accept-Language`` header, else the source's code.

    A regional variant (``fi-SE``) is served by its language (``fi``).
    """
    for wanted, _quality in parse_accept_lang_header(accept_language.lower()):
        for code in (wanted, wanted.partition("-")[0]):
            if code in available:
                return code
    return SOURCE_LANGUAGE_CODE


def _live_languages(request: HttpRequest) -> set[str]:
    site = Site.find_for_request(request)
    if site is None:
        return set()
    start_pages = Page.objects.filter(
        translation_key=site.root_page.translation_key, depth=site.root_page.depth
    )
    return set(start_pages.live().public().values_list("locale__language_code", flat=True))
