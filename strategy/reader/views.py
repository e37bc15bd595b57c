"""The view that shows how far all goals of a strategy are."""

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.content.reader.context import document_context
from cms.content.reader.parts import read_document
from cms.content.reader.published_entries import published_entries
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from strategy.models import StrategyPage
from strategy.models.indicators import State
from strategy.reader.overview import TYPES, overview_of
from strategy.reader.overview_page import PROGRESS_NAME, is_followed, one_step_below


@require_safe
def show_progress(request: HttpRequest, strategy_path: str) -> HttpResponse:
    """Shows every goal of a strategy that is or was in force, from what is published alone.

    In a language that lacks the strategy: in the best of its fallbacks, at the path with the slug
    that the strategy has there.
    """
    if settings.FRONT_END_URL:
        return HttpResponseRedirect(f"{settings.FRONT_END_URL}{request.get_full_path()}")
    code = get_language() or SOURCE_LANGUAGE_CODE
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    entries = published_entries()
    strategy = entries.find(f"/{code}/{strategy_path}", code, site.root_page.translation_key)
    if strategy is None or not is_followed(strategy):
        raise Http404
    own_path = strategy["path"]
    if own_path.startswith(f"/{code}/") and own_path != f"/{code}/{strategy_path}":
        return HttpResponsePermanentRedirect(own_path + PROGRESS_NAME)
    language = strategy["language"]
    around = document_context(strategy, StrategyPage, code, {})
    context = {
        **one_step_below(around, strategy),
        "strategy": read_document(strategy, StrategyPage),
        "overview": overview_of(entries.below(strategy["key"], code, TYPES), language),
        "states": State,
    }
    response = render(request, "strategy/progress.html", context)
    # Else it would be that of the address.
    response["Content-Language"] = language
    return response
