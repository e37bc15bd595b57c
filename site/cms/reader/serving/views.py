"""Pages for people: those that are published, from their stored documents."""

from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from wagtail.views import serve as serve_by_wagtail

from cms.delivery.http.document_queries import content_version
from cms.delivery.http.responses import Asked
from cms.reader.serving.answers import KeptPage, kept_pages
from cms.reader.serving.finding import Elsewhere, found_at


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page at its path; what is not published for anybody is left to Wagtail.

    That one asks for passwords, and knows what is nowhere.
    """
    if request.method not in ("GET", "HEAD"):
        return serve_by_wagtail(request, path)  # type: ignore[no-any-return]
    if settings.FRONT_END_URL:
        return HttpResponseRedirect(f"{settings.FRONT_END_URL}{request.get_full_path()}")
    # Before anything is read: what is published meanwhile makes another version.
    version = content_version()
    name = kept_name(request.get_host(), request.path)
    has_query = bool(request.META.get("QUERY_STRING"))
    kept = None if has_query else kept_pages.get(name, version)
    if kept is None:
        found = found_at(request.path, request, request.GET.dict(), is_settled=bool(version))
        if found is None:
            return serve_by_wagtail(request, path)  # type: ignore[no-any-return]
        if isinstance(found, Elsewhere):
            return _redirect(found, request)
        kept = KeptPage(found)
        if not has_query:
            kept_pages.keep(name, version, kept)
    return kept.answer(asked_by(request)).response()


def kept_name(host: str, path: str) -> str:
    """The name under which a page is kept: each site has its own."""
    return f"{host}{path}"


def asked_by(request: HttpRequest) -> Asked:
    """The headers on which the answer depends."""
    return Asked(
        request.headers.get("Accept-Encoding", ""),
        request.headers.get("If-None-Match", ""),
        head_only=request.method == "HEAD",
    )


def _redirect(found: Elsewhere, request: HttpRequest) -> HttpResponse:
    kind: Any = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
    query = request.META.get("QUERY_STRING")
    address = f"{found.address}?{query}" if query and "?" not in found.address else found.address
    response: HttpResponse = kind(address)
    return response
