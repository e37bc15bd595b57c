"""Addresses below ``/admin/translation-files/``."""

from django.urls import include, path

from cms.exchange.admin import views
from cms.exchange.admin.page_files import PageFileView

app_name = "cms_exchange"

urlpatterns = [
    path("", views.JobsView.as_view(), name="jobs"),
    path("<int:pk>/", views.JobView.as_view(), name="job"),
    path("<int:pk>/state/", views.JobStateView.as_view(), name="job_state"),
    path("<int:pk>/file/", views.JobFileView.as_view(), name="job_file"),
    path("page/<int:translation_id>/", PageFileView.as_view(), name="page"),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses.

    wagtail-localize's own upload of PO files takes any text whatever has changed since; at its
    address the file is read as all others are.
    """
    return [
        path("translation-files/", include((urlpatterns, app_name), namespace=app_name)),
        path(
            "localize/translate/<int:translation_id>/pofile/upload/",
            PageFileView.as_view(http_method_names=["post"]),
        ),
    ]
