"""Additions of webhooks to Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.delivery.webhooks.admin.actions import RENEWED
from cms.delivery.webhooks.admin.viewset import WebhookViewSet


@hooks.register("register_admin_viewset")
def register_viewset() -> WebhookViewSet:
    """Below *Settings*."""
    return WebhookViewSet("delivery_webhooks", url_prefix="webhooks")


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Registers the actions in the history of a webhook, beside Wagtail's own."""
    actions.register_action(RENEWED, _("New secret"), _("The secret was renewed"))
