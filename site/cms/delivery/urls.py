"""The addresses of the API, under ``/api/``."""

from django.urls import path
from wagtail.api.v3.urls import api

from cms.content.api.collections import registered_collections
from cms.content.api.json_text import CompactRenderer
from cms.delivery.endpoints.api_v2 import router as stable_api
from cms.delivery.endpoints.changes import router as changes_router
from cms.delivery.endpoints.choices import router as choices_router
from cms.delivery.endpoints.collections import collection_router
from cms.delivery.endpoints.entries import router as entries_router
from cms.delivery.endpoints.exports import router as exports_router
from cms.delivery.endpoints.languages import router as languages_router
from cms.delivery.endpoints.pages_find import find_page
from cms.delivery.endpoints.preview import router as preview_router
from cms.delivery.endpoints.tree import router as tree_router
from cms.delivery.openapi.reference import Reference

__all__ = ["api", "urlpatterns"]

api.renderer = CompactRenderer()
api.docs = Reference()
api.add_router("/languages/", languages_router)
api.add_router("/entries/", entries_router)
for collection in registered_collections():
    api.add_router(f"/{collection.name}/", collection_router(collection))
api.add_router("/choices/", choices_router)
api.add_router("/tree/", tree_router)
api.add_router("/changes/", changes_router)
api.add_router("/export/", exports_router)
api.add_router("/preview/", preview_router)

urlpatterns = [
    # Before Wagtail's own address of the same name: that one knows no language prefixes.
    path("v3/pages/find/", find_page, name="find_page"),
    path("v3/", api.urls),
    path("v2/", stable_api.urls),
]
