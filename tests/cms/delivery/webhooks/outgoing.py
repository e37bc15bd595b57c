"""Webhooks that send to a test's receiver, and time that passes for what they have to send."""

from datetime import timedelta
from typing import Any

from django_tasks_db.models import DBTaskResult

from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from tests.cms.delivery.webhooks.receiver import Receiver


def webhook(receiver: Receiver, **values: Any) -> Webhook:
    return Webhook.objects.create(**{"name": "A", "address": receiver.url} | values)


def only() -> WebhookDelivery:
    message: WebhookDelivery = WebhookDelivery.objects.get()
    return message


def let_pass(duration: timedelta) -> None:
    """Makes due now what would be due after a while."""
    for model, names in {
        Webhook: ("paused_until", "turn_at", "previous_secret_until"),
        WebhookDelivery: ("created_at", "queued_at", "next_try_at", "claimed_at"),
        DBTaskResult: ("enqueued_at", "run_after", "started_at"),
    }.items():
        for row in model.objects.all():  # type: ignore[attr-defined]
            times = {name: getattr(row, name) for name in names}
            moved = {
                name: time - duration
                for name, time in times.items()
                # A task that is due at once says so with the last of all days.
                if time is not None and time.year < 9999
            }
            model.objects.filter(pk=row.pk).update(**moved)  # type: ignore[attr-defined]
