"""Addresses of the translators' pages in the admin, below ``/admin/translation/``."""

from django.urls import include, path

from cms.translation.admin.begin import BeginView
from cms.translation.admin.matrix import MatrixView
from cms.translation.admin.same import OwnLanguageView, SaidView, SameView
from cms.translation.admin.suggestion import UseSuggestionView
from cms.translation.admin.synchronisation import StartView, StopView
from cms.translation.admin.work import WorkView

app_name = "cms_translation"

urlpatterns = [
    path("", MatrixView.as_view(), name="matrix"),
    path("work/", WorkView.as_view(), name="work"),
    path("work/results/", WorkView.as_view(results_only=True), name="work_results"),
    path("begin/<int:source_id>/<str:code>/", BeginView.as_view(), name="begin"),
    path("same/", OwnLanguageView.as_view(), name="same_in_own"),
    path("same/<str:code>/", SameView.as_view(), name="same"),
    path("same/<str:code>/said/", SaidView.as_view(), name="said"),
    path("stop/<int:translation_id>/", StopView.as_view(), name="stop"),
    path("start/<int:translation_id>/", StartView.as_view(), name="start"),
    path("suggestions/<int:pk>/", UseSuggestionView.as_view(), name="use_suggestion"),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("translation/", include((urlpatterns, app_name), namespace=app_name))]
