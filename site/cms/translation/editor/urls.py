"""Addresses of the editor, below ``/admin/translation/editor/<translation>/``."""

from django.urls import path

from cms.translation.editor.approving import ApproveAllView, ApproveView
from cms.translation.editor.choices import ChoicesView
from cms.translation.editor.page import EditorView
from cms.translation.editor.publishing import PublishView
from cms.translation.editor.views import (
    HistoryView,
    LinkView,
    SameView,
    StateView,
    StringView,
    TokenView,
)

_STRING = "strings/<int:context_id>/<int:string_id>/"

urlpatterns = [
    path("", EditorView.as_view(), name="editor"),
    path("choices/", ChoicesView.as_view(), name="editor_choices"),
    path("approve/", ApproveAllView.as_view(), name="editor_approve_all"),
    path("publish/", PublishView.as_view(), name="editor_publish"),
    path(_STRING, StringView.as_view(), name="editor_string"),
    path(f"{_STRING}same/", SameView.as_view(), name="editor_same"),
    path(f"{_STRING}approve/", ApproveView.as_view(), name="editor_approve"),
    path(f"{_STRING}history/", HistoryView.as_view(), name="editor_history"),
    path("links/<int:context_id>/", LinkView.as_view(), name="editor_link"),
    path("state/", StateView.as_view(), name="editor_state"),
    path("token/", TokenView.as_view(), name="editor_token"),
]
