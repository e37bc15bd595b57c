"""Addresses below ``/admin/export/``."""

from django.urls import include, path

from cms.export.downloads.admin import views

app_name = "cms_export"

urlpatterns = [
    path("", views.FilesView.as_view(), name="files"),
    path("<int:pk>/", views.FileView.as_view(), name="file"),
    path("<int:pk>/state/", views.FileStateView.as_view(), name="file_state"),
    path("<int:pk>/file/", views.DownloadView.as_view(), name="download"),
    path("<int:pk>/delete/", views.DeleteView.as_view(), name="delete"),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("export/", include((urlpatterns, app_name), namespace=app_name))]
