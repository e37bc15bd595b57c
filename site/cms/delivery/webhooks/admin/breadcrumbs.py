"""Breadcrumbs of the screens."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.delivery.webhooks.models import Webhook


def webhook_breadcrumbs(webhook: Webhook) -> list[dict[str, Any]]:
    """The way to a webhook."""
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse("delivery_webhooks:index"), "label": _("Webhooks")},
        {"url": reverse("delivery_webhooks:edit", args=[webhook.pk]), "label": webhook.name},
    ]
