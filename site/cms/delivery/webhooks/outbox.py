"""Stores the messages to be sent, in the transaction that changes documents.

So nothing is sent of what is rolled back, and nothing is forgotten of what is committed.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.common.batches import batches
from cms.delivery.http.cursors import change_cursor
from cms.delivery.models import Feed
from cms.delivery.publishing.change import Change
from cms.delivery.publishing.sequence import current_sequence
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.delivery.webhooks.models.delivery import DOCUMENTS_CHANGED, TEST
from cms.delivery.webhooks.turns import wake

MOST_CHANGES = 100
"""Changes in one message; more make several."""


def put_into_outbox(changes: Sequence[Change], **kwargs: Any) -> None:
    """Writes a message to each webhook with the changes that it wants; see ``documents_changed``.

    One query where there is no webhook, and three however many there are.
    """
    listed = sorted(
        (change for change in changes if change.listed), key=lambda change: change.sequence
    )
    if not listed:
        return
    webhooks = list(Webhook.objects.filter(active=True))
    if not webhooks:
        return
    now, feed = timezone.now(), current_sequence()
    messages = [
        _message(webhook, part, now, feed)
        for webhook in webhooks
        for part in batches(
            [change for change in listed if webhook.wants(change.locale, change.type)],
            MOST_CHANGES,
        )
    ]
    if messages:
        WebhookDelivery.objects.bulk_create(messages)
        _wake_after_commit({message.webhook_id for message in messages})


def send_test(webhook: Webhook) -> WebhookDelivery:
    """A message without changes, to try a webhook, whether or not it is turned on."""
    feed = current_sequence()
    payload = _payload(TEST, feed.last_sequence, [], timezone.now(), feed)
    message = WebhookDelivery.objects.create(webhook=webhook, type=TEST, payload=payload)
    _wake_at_once(webhook.pk)
    return message


def send_again(message: WebhookDelivery) -> None:
    """Have a message sent once more at once, with the same id, whatever became of it before."""
    now = timezone.now()
    WebhookDelivery.objects.filter(pk=message.pk).exclude(
        status=WebhookDelivery.Status.SENDING
    ).update(
        status=WebhookDelivery.Status.WAITING,
        queued_at=now,
        next_try_at=now,
        finished_at=None,
        tries=0,
    )
    _wake_at_once(message.webhook_id)


def _message(
    webhook: Webhook, changes: Sequence[Change], now: datetime, feed: Feed
) -> WebhookDelivery:
    # Before the first of them: who asks for the changes since then gets these at least.
    payload = _payload(DOCUMENTS_CHANGED, changes[0].sequence - 1, changes, now, feed)
    return WebhookDelivery(
        webhook=webhook,
        type=DOCUMENTS_CHANGED,
        payload=payload,
        changes=len(changes),
        created_at=now,
        queued_at=now,
        next_try_at=now,
    )


def _payload(kind: str, sequence: int, changes: Sequence[Change], now: datetime, feed: Feed) -> str:
    content = {
        "type": kind,
        "timestamp": now.isoformat(),
        "data": {
            "cursor": change_cursor(sequence, feed=feed),
            "changes": [
                {
                    "op": change.operation,
                    "key": str(change.key),
                    "locale": change.locale or None,
                    "id": change.object_id,
                    "type": change.type,
                    "path": change.path,
                    "digest": change.digest,
                }
                for change in changes
            ],
        },
    }
    return json.dumps(content, ensure_ascii=False)


def _wake_at_once(webhook_id: int) -> None:
    # Who asks for it knows better than the last failure whether it is worth while.
    Webhook.objects.filter(pk=webhook_id).update(paused_until=None)
    _wake_after_commit({webhook_id})


def _wake_after_commit(webhook_ids: Iterable[int]) -> None:
    for webhook_id in webhook_ids:
        # Robust: what fails here is made up for by the upkeep, and publishing has succeeded.
        transaction.on_commit(partial(wake, webhook_id), robust=True)
