"""The addresses of the API, under ``/api/``."""

from django.urls import path
from wagtail.api.v3.urls import api

from norrbotten.content.api.writing import CompactRenderer
from norrbotten.delivery.description import describe_validly
from norrbotten.delivery.endpoints.changes import router as changes_router
from norrbotten.delivery.endpoints.entries import router as entries_router
from norrbotten.delivery.endpoints.exports import router as exports_router
from norrbotten.delivery.find import find_page
from norrbotten.delivery.languages import router as languages_router
from norrbotten.delivery.middleware import LANGUAGE_OF_MESSAGES
from norrbotten.delivery.stable import router as stable_api

__all__ = ["api", "urlpatterns"]

api.renderer = CompactRenderer()
api.add_router("/languages/", languages_router)
api.add_router("/entries/", entries_router)
api.add_router("/changes/", changes_router)
api.add_router("/export/", exports_router)
describe_validly(api, LANGUAGE_OF_MESSAGES)

urlpatterns = [
    # Before Wagtail's own address of the same name: that one knows no language prefixes.
    path("v3/pages/find/", find_page, name="find_page"),
    path("v3/", api.urls),
    path("v2/", stable_api.urls),
]
