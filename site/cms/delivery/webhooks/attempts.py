"""Tries to deliver a message, and decides what to do when it does not work."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.delivery.webhooks.sending import Answer, send
from cms.delivery.webhooks.signing import signature_headers

RETRIES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 60, 300, 1_800, 7_200, 18_000, 36_000)
)
"""How long to wait after each try that failed; after one more it is given up."""

MOST_TRIES = len(RETRIES) + 1

JITTER = 0.2
"""What a wait is longer or shorter by at most, so that not everything comes back at one time."""

LONGEST_PAUSE = timedelta(minutes=5)
"""How long, at most, a webhook that fails is left alone before something else is tried."""

GIVEN_UP_AFTER = timedelta(days=1)
"""When a message is too old for a receiver that does not answer."""

Status = WebhookDelivery.Status
Problem = WebhookDelivery.Problem


def attempt_next(webhook_id: int) -> None:
    """Sends the message that is due for longest, if any is."""
    now = timezone.now()
    webhook = Webhook.objects.filter(pk=webhook_id).first()
    message = claim(webhook, now) if webhook is not None else None
    if webhook is None or message is None:
        return
    headers = signature_headers(webhook.secrets(now), message.message_id, now, message.payload)
    record(webhook, message, send(webhook.address, headers, message.payload))


def claim(webhook: Webhook, now: datetime) -> WebhookDelivery | None:
    """A message to send, which nobody else sends meanwhile; ``None`` when none is due."""
    if webhook.paused_until is not None and webhook.paused_until > now:
        return None
    with transaction.atomic():
        # SQLite has no locks on rows; there, one transaction at a time writes.
        message = (
            WebhookDelivery.objects.sendable()
            .filter(webhook=webhook, next_try_at__lte=now)
            .order_by("next_try_at", "pk")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if message is None:
            return None
        claimed = WebhookDelivery.objects.filter(pk=message.pk, status=Status.WAITING).update(
            status=Status.SENDING, claimed_at=now, tries=F("tries") + 1
        )
    if not claimed:
        return None
    message.refresh_from_db()
    return message


def next_due(webhook_id: int) -> datetime | None:
    """The time at which something may next be sent to a webhook; ``None`` when nothing waits."""
    webhook = Webhook.objects.filter(pk=webhook_id).first()
    if webhook is None:
        return None
    earliest: datetime | None = (
        WebhookDelivery.objects.sendable()
        .filter(webhook=webhook)
        .order_by("next_try_at")
        .values_list("next_try_at", flat=True)
        .first()
    )
    if earliest is None:
        return None
    return max(earliest, webhook.paused_until or earliest)


def record(webhook: Webhook, message: WebhookDelivery, answer: Answer) -> None:
    """Notes what came of a try, and when the next one is."""
    now = timezone.now()
    found = WebhookDelivery.objects.filter(pk=message.pk)
    noted: dict[str, Any] = {
        "http_status": answer.status,
        "duration": answer.duration,
        "problem": answer.problem,
        "detail": answer.detail,
        "answer": answer.text,
    }
    if answer.is_success:
        found.update(status=Status.DELIVERED, finished_at=now, **noted)
        Webhook.objects.filter(pk=webhook.pk).exclude(failures=0).update(
            failures=0, paused_until=None
        )
        return
    # Somebody who thought that this worker was dead may have taken it over.
    ours = found.filter(status=Status.SENDING, claimed_at=message.claimed_at)
    if answer.problem == Problem.GONE:
        ours.update(status=Status.FAILED, finished_at=now, **noted)
        Webhook.objects.filter(pk=webhook.pk).update(active=False, gone_at=now)
        return
    wait = _waits(message.tries)
    if wait is None or now - message.queued_at > GIVEN_UP_AFTER:
        ours.update(status=Status.FAILED, finished_at=now, **noted)
    else:
        ours.update(status=Status.WAITING, next_try_at=now + wait, **noted)
    pause = min(_waits(webhook.failures + 1) or LONGEST_PAUSE, LONGEST_PAUSE)
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1, paused_until=now + pause
    )


def _waits(tries: int) -> timedelta | None:
    """The wait after so many tries; ``None`` for no longer at all."""
    if tries > len(RETRIES):
        return None
    return RETRIES[tries - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
