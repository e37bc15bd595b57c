"""Where one is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from norrbotten.delivery.webhooks.models import Webhook


def webhook_breadcrumbs(webhook: Webhook) -> list[dict[str, str]]:
    """The way to a webhook."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("delivery_webhooks:index"), "label": _("Webhooks")},
        {"url": reverse("delivery_webhooks:edit", args=[webhook.pk]), "label": webhook.name},
    ]
