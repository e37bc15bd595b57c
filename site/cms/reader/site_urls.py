"""The addresses that stand beside the languages: search, feeds, site map, robots."""

from typing import Any

from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from cms.reader.crawlers.feeds import CollectionFeed
from cms.reader.crawlers.robots import robots
from cms.reader.crawlers.sitemaps import sitemaps
from cms.reader.search.views import search


def _index(request: HttpRequest) -> HttpResponseBase:
    found: Any = sitemaps(request)
    response: HttpResponseBase = sitemap_views.index(
        request, found, sitemap_url_name="reader_sitemap"
    )
    return response


def _part(request: HttpRequest, section: str) -> HttpResponseBase:
    found: Any = sitemaps(request)
    response: HttpResponseBase = sitemap_views.sitemap(request, found, section)
    return response


urlpatterns = [
    path("search/<slug:locale>/", search, name="reader_search"),
    path("feeds/<slug:locale>/<slug:name>.atom", CollectionFeed(), name="reader_feed"),
    path("sitemap.xml", _index),
    path("sitemaps/<slug:section>.xml", _part, name="reader_sitemap"),
    path("robots.txt", robots),
]
