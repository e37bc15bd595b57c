"""Addresses below ``/admin/web-addresses/``."""

from django.urls import include, path

from cms.web_addresses.admin.actions import confirm, look_after, try_again
from cms.web_addresses.admin.listing import WebAddressesView

app_name = "cms_web_addresses"

urlpatterns = [
    path("", WebAddressesView.as_view(), name="list"),
    path("results/", WebAddressesView.as_view(results_only=True), name="list_results"),
    path("<int:address_id>/try-again/", try_again, name="try_again"),
    path("<int:address_id>/confirm/", confirm, name="confirm"),
    path("<int:address_id>/look-after/", look_after, name="look_after"),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("web-addresses/", include((urlpatterns, app_name), namespace=app_name))]
