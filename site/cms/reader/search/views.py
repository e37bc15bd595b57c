"""``/search/{language}/?q=``: the search of readers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site as WagtailSite

from cms.delivery.search.query import LONGEST_QUERY
from cms.languages.registry import LANGUAGES
from cms.reader.search.hits import search_everywhere, search_in
from cms.reader.site_tree import SiteTree, TreePage, site_tree
from cms.reader.surroundings.frame import frame_of, site_of
from cms.reader.surroundings.language_switch import LanguageChoice, languages_with_pages

_CACHED: str = "public, max-age=30"


@require_safe
def search(request: HttpRequest, locale: str) -> HttpResponse:
    """The pages with some words, in a language or, with ``?in=all``, in each of them."""
    if locale not in LANGUAGES:
        raise Http404
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    is_everywhere = request.GET.get("in") == "all"
    context = context_without_page(request, locale) | {
        "words": words,
        "is_everywhere": is_everywhere,
        "found": _found(locale, words, request.GET.get("after"), everywhere=is_everywhere),
        "choices": [
            LanguageChoice(code, LANGUAGES[code].name, f"/search/{code}/", True, code == locale)
            for code in languages_with_pages()
        ],
    }
    response = render(request, "reader/search.html", context)
    response["Content-Language"] = locale
    response["Cache-Control"] = _CACHED
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(locale: str, words: str, after: str | None, *, everywhere: bool) -> list[Any]:
    if not words:
        return []
    if everywhere:
        return search_everywhere(locale, words)
    try:
        return [search_in(locale, words, after)]
    except ValueError:
        # An address that somebody has cut short.
        return [search_in(locale, words, None)]


def context_without_page(request: HttpRequest, locale: str) -> dict[str, Any]:
    """Frame and site around something that is no page: a search, an error."""
    tree = site_tree(locale)
    top = _start_of(request, tree)
    site = site_of(tree, top, {})
    return {
        "frame": frame_of(site, None),
        "site": site.node(locale),
        "home": site.start.address if site.start else f"/{locale}/",
        "locale": locale,
    }


def _start_of(request: HttpRequest, tree: SiteTree) -> TreePage | None:
    asked = WagtailSite.find_for_request(request)
    return asked and tree.by_key.get(str(asked.root_page.translation_key))
