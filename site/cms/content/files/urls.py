"""The addresses of documents and media, which ask the collection of each file."""

from django.conf import settings
from django.urls import path

from cms.content.files.views import serve_document, serve_media

urlpatterns = [path("documents/<int:document_id>/<path:filename>", serve_document)]

# Media with an address of their own lie with somebody who gives them out.
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.append(path(f"{settings.MEDIA_URL.strip('/')}/<path:name>", serve_media))
