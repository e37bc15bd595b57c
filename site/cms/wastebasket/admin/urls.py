"""Addresses below ``/admin/wastebasket/``."""

from django.urls import include, path

from cms.wastebasket.admin.listing import WastebasketView
from cms.wastebasket.admin.views import BringBackView, RemoveView

app_name = "cms_wastebasket"

urlpatterns = [
    path("", WastebasketView.as_view(), name="list"),
    path("results/", WastebasketView.as_view(results_only=True), name="list_results"),
    path("<int:pk>/", BringBackView.as_view(), name="bring_back"),
    path("<int:pk>/delete/", RemoveView.as_view(), name="remove"),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("wastebasket/", include((urlpatterns, app_name), namespace=app_name))]
