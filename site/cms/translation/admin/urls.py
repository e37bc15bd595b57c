"""Addresses of the translators' pages in the admin, below ``/admin/translation/``."""

from django.urls import include, path

from cms.translation.admin.approval import ApprovalView
from cms.translation.admin.begin import BeginView
from cms.translation.admin.matrix import MatrixView
from cms.translation.admin.publish_all import (
    PublishAllView,
    PublishingJobView,
    PublishingStateView,
)
from cms.translation.admin.same import OwnLanguageView, SaidView, SameView
from cms.translation.admin.synchronisation import StartView, StopView
from cms.translation.admin.work import WorkView
from cms.translation.editor.urls import urlpatterns as editor_patterns
from cms.translation.requests.listing import AskedView
from cms.translation.requests.views import AskView, WithdrawView

app_name = "cms_translation"

urlpatterns = [
    path("", MatrixView.as_view(), name="matrix"),
    path("work/", WorkView.as_view(), name="work"),
    path("work/results/", WorkView.as_view(results_only=True), name="work_results"),
    path("ask/<uuid:key>/", AskView.as_view(), name="ask"),
    path("asked/", AskedView.as_view(), name="asked"),
    path("asked/results/", AskedView.as_view(results_only=True), name="asked_results"),
    path("asked/<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("begin/<int:source_id>/<str:code>/", BeginView.as_view(), name="begin"),
    path("same/", OwnLanguageView.as_view(), name="same_in_own"),
    path("same/<str:code>/", SameView.as_view(), name="same"),
    path("same/<str:code>/said/", SaidView.as_view(), name="said"),
    path("approval/", ApprovalView.as_view(), name="approval"),
    path("stop/<int:translation_id>/", StopView.as_view(), name="stop"),
    path("start/<int:translation_id>/", StartView.as_view(), name="start"),
    path("publish/<int:pk>/", PublishingJobView.as_view(), name="publishing_job"),
    path("publish/<int:pk>/state/", PublishingStateView.as_view(), name="publishing_state"),
    path("publish/<str:code>/", PublishAllView.as_view(), name="publish_all"),
    path("editor/<int:translation_id>/", include(editor_patterns)),
]


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [path("translation/", include((urlpatterns, app_name), namespace=app_name))]
