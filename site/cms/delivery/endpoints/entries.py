"""``GET entries/…``: whole documents in a language or the best of its fallbacks."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from pydantic import Field
from wagtail.models import Site

from cms.content.api.parameters import refusal, refuse_unknown_parameters
from cms.content.redirects import redirect_at
from cms.delivery.caching.tags import CACHE_TAG_HEADER
from cms.delivery.endpoints.pages_find import page_at
from cms.delivery.endpoints.parameters import Listing, WithFallback, names_of
from cms.delivery.endpoints.schemas import (
    Document,
    DocumentKey,
    FoundEntries,
    LanguageCode,
    TypeLabel,
)
from cms.delivery.http.cursors import InvalidCursor, ListCursor, read_list_cursor
from cms.delivery.http.document_queries import ListQuery, chain, key_of_path, languages_of
from cms.delivery.http.document_responses import entry_answer, list_answer
from cms.delivery.http.rate_limit import SEARCHES
from cms.delivery.http.requests import asked_by, problem
from cms.delivery.search.positions import InvalidPosition
from cms.delivery.search.responses import search_answer

router = Router(tags=["entries"])


class EntryFilters(Listing):
    """The entries that are wanted."""

    type: list[TypeLabel] = Field(default=[], description="Label of a type; may be repeated.")
    ancestor: DocumentKey | None = Field(
        default=None, description="Key of a page: that page and all under it."
    )


class OneEntry(WithFallback):
    """The form in which one entry is wanted."""


class EntryAddress(OneEntry):
    """The path by which an entry is wanted."""

    path: str = Field(
        min_length=1,
        max_length=2_000,
        description="Path of a page, in any language, such as `/sv/`.",
    )


@router.get(
    "/{locale}/",
    response=FoundEntries,
    summary="List entries",
    operation_id="entries_list",
    url_name="list_entries",
    throttle=[SEARCHES],
)
def list_entries(
    request: HttpRequest, locale: LanguageCode, filters: Query[EntryFilters]
) -> HttpResponse:
    """Whole documents, one for each key, in pages that stay where they are while content changes.

    In the language, or unless `fallback=false` in the first of its fallbacks that is live.
    """
    refuse_unknown_parameters(request, names_of(EntryFilters))
    query = ListQuery(
        locale=locale,
        types=tuple(dict.fromkeys(filters.type)),
        under=filters.ancestor,
        fallback=filters.fallback,
        limit=filters.limit,
        presentation=filters.presentation,
    )
    if filters.search is not None:
        return _found(request, query, filters.search, filters.cursor)
    if filters.cursor is not None:
        query = query.after_cursor(_list_cursor(filters.cursor))
    return list_answer(query, asked_by(request)).response()


def _list_cursor(text: str) -> ListCursor:
    try:
        return read_list_cursor(text)
    except InvalidCursor as error:
        raise refusal("cursor", str(error)) from error


def _found(request: HttpRequest, query: ListQuery, words: str, cursor: str | None) -> HttpResponse:
    try:
        return search_answer(query, words, cursor, asked_by(request)).response()
    except InvalidPosition as error:
        raise refusal("cursor", str(error)) from error


@router.get(
    "/{locale}/find/",
    response=Document,
    summary="Find an entry by path",
    operation_id="entries_find",
    url_name="find_entry",
)
def find_entry(
    request: HttpRequest, locale: LanguageCode, address: Query[EntryAddress]
) -> HttpResponse:
    """The entry of the page at a path, whichever language the path is in.

    A language switch asks for the path that it stands on. A page that has moved: a redirect.
    """
    refuse_unknown_parameters(request, names_of(EntryAddress))
    path = f"/{address.path.strip('/')}/" if address.path.strip("/") else "/"
    key = key_of_path(path)
    if key is not None:
        return _entry(request, locale, key, address)
    if (page := page_at(request, path)) is not None:
        # It has moved with so many others that its document waits for the worker.
        return _entry(request, locale, page.translation_key, address)
    if (moved_to := _moved_to(request, path)) is not None:
        if not moved_to.startswith("/"):
            return _redirect(moved_to)
        query = request.GET.copy()
        query["path"] = moved_to
        target = reverse("wagtailapi_v3:find_entry", args=[locale])
        return _redirect(f"{target}?{query.urlencode()}")
    return problem(404, f"No published page has the path {address.path!r} in any language.")


def _moved_to(request: HttpRequest, path: str) -> str | None:
    """The target of the site's redirect from a path."""
    redirect = redirect_at(Site.find_for_request(request), path)
    if redirect is None:
        return None
    if redirect.redirect_page_id:
        parts = redirect.redirect_page.get_url_parts(request)
        is_known = parts is not None and (key_of_path(parts[2]) or page_at(request, parts[2]))
        return str(parts[2]) if is_known else None
    return str(redirect.redirect_link) or None


def _redirect(location: str) -> HttpResponse:
    response = HttpResponse(status=301)
    del response["Content-Type"]
    response["Location"] = location
    response["Cache-Control"] = "public, max-age=300"
    return response


@router.get(
    "/{locale}/{key}/",
    response=Document,
    summary="An entry",
    operation_id="entries_detail",
    url_name="detail_entry",
)
def get_entry(
    request: HttpRequest, locale: LanguageCode, key: DocumentKey, wanted: Query[OneEntry]
) -> HttpResponse:
    """One document in a language, or unless `fallback=false` in the first of its fallbacks.

    Not there in any of these: 404 that names the languages in which it is live.
    """
    refuse_unknown_parameters(request, names_of(OneEntry))
    return _entry(request, locale, key, wanted)


def _entry(request: HttpRequest, locale: str, key: UUID, wanted: WithFallback) -> HttpResponse:
    answer = entry_answer(
        locale,
        key,
        fallback=wanted.fallback,
        asked=asked_by(request),
        presentation=wanted.presentation,
    )
    if answer is not None:
        return answer.response()
    return _not_there(locale, key, chain(locale) if wanted.fallback else (locale,))


def _not_there(locale: str, key: UUID, allowed: tuple[str, ...]) -> HttpResponse:
    live = sorted(languages_of(key))
    more: dict[str, Any] = {"key": str(key), "asked_for": list(allowed), "live_in": live}
    detail = (
        f"{key} is not published in {' or '.join(allowed)}. It is live in: {', '.join(live)}."
        if live
        else f"Nothing published has the key {key}."
    )
    response = problem(404, detail, **more)
    # A cache that keeps it forgets it when the page appears.
    response[CACHE_TAG_HEADER] = f"document-{key}"
    return response
