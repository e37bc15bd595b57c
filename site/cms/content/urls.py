"""The addresses of images and files."""

from django.conf import settings
from django.urls import URLPattern, path

from cms.content.files.views import serve_document, serve_media

urlpatterns: list[URLPattern] = [
    # Before Wagtail's, which makes the addresses and asks for a password.
    path("documents/<int:document_id>/<path:filename>", serve_document),
]

# Media with an address of their own lie with somebody who gives them out.
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.append(path(f"{settings.MEDIA_URL.strip('/')}/<path:name>", serve_media))
