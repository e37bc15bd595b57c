"""``GET pages/find/``: the page at an address, whichever language the address is in."""

from typing import Any, Final, get_args
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.api.rich_text import RichTextOutputFormat
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.api.v3.errors import problem_response
from wagtail.api.v3.querysets import get_pages_queryset
from wagtail.api.validators import SiteFilterValidator
from wagtail.models import Page, Site

from cms.common.characters import not_in_xml
from cms.content.redirects import redirect_at
from cms.languages.registry import LANGUAGES

FIND_PARAMETERS = frozenset({"id", "html_path", "site"})
PASSED_ON: Final[dict[str, tuple[Any, ...]]] = {
    "rich_text_format": get_args(RichTextOutputFormat),
    "version": ("live", "draft"),
}
"""Parameters of the page's own address, each with its values."""


@require_safe
def find_page(request: HttpRequest) -> HttpResponseBase:
    """Redirects to a page's document.

    Wagtail's view follows an address from the start page of the default language only, so that
    ``/smj/…`` is a 404 there.
    """
    authenticate = BearerTokenAuth()
    if authenticate(request) is None:
        AllowAnonymous()(request)
    unknown = sorted(set(request.GET) - FIND_PARAMETERS - PASSED_ON.keys())
    if unknown:
        return _refused(unknown[0], f"Unknown parameter {unknown[0]!r}.")
    for name, values in PASSED_ON.items():
        if name in request.GET and request.GET[name] not in values:
            return _refused(name, f"{name} is one of: {', '.join(values)}.")
    html_path, identity = request.GET.get("html_path"), request.GET.get("id")
    if not html_path and not identity:
        return _refused("html_path", "Give html_path or id.")
    if identity and not identity.isdecimal():
        return _refused("id", f"{identity!r} is not the id of a page.")
    page = page_at(request, html_path) if html_path else None
    if page is None and identity:
        page = _public(request, int(identity))
    if page is None and html_path:
        redirect_to = redirect_at(_site(request), html_path)
        if redirect_to is not None and redirect_to.redirect_link:
            return _moved(redirect_to.redirect_link, request.GET)
        if redirect_to is not None:
            page = _public(request, redirect_to.redirect_page_id)
    if page is None:
        sought = f"the path {html_path}" if html_path else f"the id {identity}"
        missing: HttpResponse = problem_response(
            status=404, detail=f"No published page has {sought}."
        )
        return missing
    url = reverse("wagtailapi_v3:detail_page", kwargs={"page_id": page.pk})
    query = request.GET.copy()
    for name in FIND_PARAMETERS:
        query.pop(name, None)
    target: HttpResponse = redirect(f"{url}?{query.urlencode()}" if query else url)
    return target


def _site(request: HttpRequest) -> Site | None:
    """The site that is asked for; that of the request where none is named."""
    try:
        validator = SiteFilterValidator(site=request.GET.get("site"), request=request)
        site: Site | None = validator.site_obj
    except (Http404, ValueError):
        return None
    return site


def _public(request: HttpRequest, identity: int) -> Page | None:
    page: Page | None = get_pages_queryset(request).filter(pk=identity).first()
    return page


def page_at(request: HttpRequest, html_path: str) -> Page | None:
    """The public page that has a path at this moment, on the site that is asked."""
    site = _site(request)
    if site is None:
        return None
    slugs = [unquote(slug) for slug in html_path.split("/") if slug]
    if any(map(not_in_xml, slugs)):
        # No database would take it.
        return None
    start = _start_page(site, slugs[0]) if slugs and slugs[0] in LANGUAGES else None
    if start is not None:
        slugs = slugs[1:]
    try:
        page, _args, _kwargs = (start or site.root_page.specific).route(request, slugs)
    except Http404:
        return None
    return _public(request, page.pk)


def _start_page(site: Site, code: str) -> Page | None:
    """The start page of a language."""
    page: Page | None = (
        site.root_page.get_translations(inclusive=True)
        .filter(locale__language_code=code)
        .specific()
        .first()
    )
    return page


def _moved(link: str, asked: QueryDict) -> HttpResponse:
    """The target of an editor's redirect: found here if it is a path, else an address outside."""
    if not link.startswith("/"):
        return redirect(link, permanent=True)
    query = asked.copy()
    query["html_path"] = link
    return redirect(f"{reverse('find_page')}?{query.urlencode()}", permanent=True)


def _refused(name: str, message: str) -> HttpResponse:
    refusal: HttpResponse = problem_response(
        status=422,
        detail=message,
        errors=[{"type": "value_error", "loc": ["query", name], "msg": message}],
    )
    return refusal
