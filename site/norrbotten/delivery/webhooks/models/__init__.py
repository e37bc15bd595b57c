"""A webhook, and what is sent to it."""

from norrbotten.delivery.webhooks.models.delivery import WebhookDelivery
from norrbotten.delivery.webhooks.models.webhook import Webhook

__all__ = ["Webhook", "WebhookDelivery"]
