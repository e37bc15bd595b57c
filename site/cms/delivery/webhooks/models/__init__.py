"""A webhook, and what is sent to it."""

from cms.delivery.webhooks.models.delivery import WebhookDelivery
from cms.delivery.webhooks.models.webhook import Webhook

__all__ = ["Webhook", "WebhookDelivery"]
