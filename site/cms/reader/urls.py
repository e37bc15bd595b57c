"""The addresses of pages, under their language."""

from django.urls import re_path
from wagtail import urls as wagtail_urls

from cms.reader.serving.views import serve

_SERVE = "wagtail_serve"

urlpatterns = [
    # Wagtail's, for the passwords of closed pages.
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != _SERVE),
    # In the place of Wagtail's of this name, by which the addresses of pages are made.
    re_path(wagtail_urls.serve_pattern, serve, name=_SERVE),
]
