"""The answer to readers where no page is: search, languages and the way home."""

import logging
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from cms.languages.registry import LANGUAGES
from cms.reader.search.views import context_without_page
from cms.reader.surroundings.language_switch import LanguageChoice, languages_with_pages

logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer where nothing is; under a language with the frame of the site."""
    locale = request.path.strip("/").partition("/")[0]
    if locale not in LANGUAGES:
        return page_not_found(request, exception)
    try:
        context = _context(request, locale)
    except Error:
        # An error page must not fail for another error.
        logger.exception("The frame of a missing page could not be made.")
        return page_not_found(request, exception)
    response = HttpResponseNotFound(render_to_string("404.html", context, request))
    response["Content-Language"] = locale
    return response


def _context(request: HttpRequest, locale: str) -> dict[str, Any]:
    return context_without_page(request, locale) | {
        "choices": [
            LanguageChoice(code, LANGUAGES[code].name, f"/{code}/", True, code == locale)
            for code in languages_with_pages()
        ]
    }
