"""``/robots.txt``: what search engines may read, and where the site map is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.common.site_address import site_address

_CLOSED = ("/admin/", "/search/", "/preview/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """All pages; none where readers are led to another site, which has its own."""
    del request
    closed = ["/"] if settings.FRONT_END_URL else _CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not settings.FRONT_END_URL:
        lines += ["", f"Sitemap: {site_address()}/sitemap.xml"]
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
