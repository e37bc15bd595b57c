"""The addresses of drafts below ``/admin/previews/<page>/``."""

from django.urls import include, path

from cms.delivery.previews.admin.share import ShareView, WithdrawView
from cms.delivery.previews.admin.window import TokenView, WindowView

_patterns = [
    path("", WindowView.as_view(), name="window"),
    path("token/", TokenView.as_view(), name="token"),
    path("share/", ShareView.as_view(), name="share"),
    path("share/<int:token_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
]

urlpatterns = [
    path("previews/<int:page_id>/", include((_patterns, "delivery_previews"))),
]
