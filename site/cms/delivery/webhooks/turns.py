"""Turns: webhooks take turns, and each turn sends one message.

Each webhook has at most one task with the worker. When it has sent something and more is due, it
queues up again behind the others: a receiver with a thousand messages that takes ten seconds for
each makes another wait for one of them, not for all. A try that is far off has no task; the upkeep
makes one when its time comes.
"""

import uuid
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from cms.delivery.webhooks.attempts import attempt_next, next_due
from cms.delivery.webhooks.models import Webhook

SOON = timedelta(minutes=2)
"""Tries within this are handed to the worker at once; the rest sleep in the database alone."""

RUNS_WITHIN = timedelta(minutes=1)
"""How long a turn may take: one message and some queries."""


@task(backend="background")
def deliver_next(webhook_id: int, turn: str) -> None:
    """Sends one message to a webhook, if one is due, and queues up for the next.

    Args:
        turn: which turn this is; another may have taken its place.
    """
    if Webhook.objects.filter(pk=webhook_id, turn=uuid.UUID(turn)).update(**NO_TURN):
        attempt_next(webhook_id)
        follow_up(webhook_id)


NO_TURN = {"turn": None, "turn_at": None, "turn_task": ""}


def follow_up(webhook_id: int) -> None:
    """Queues the next turn of a webhook, if it is not far off."""
    due = next_due(webhook_id)
    if due is not None and due - timezone.now() <= SOON:
        wake(webhook_id, due)


def wake(webhook_id: int, when: datetime | None = None) -> None:
    """Give a webhook a turn, unless it has one that is early enough.

    Args:
        when: not before; ``None`` for as soon as may be.
    """
    now = timezone.now()
    turn, at = uuid.uuid4(), max(when or now, now)
    taken = (
        Webhook.objects.filter(pk=webhook_id)
        .filter(Q(turn=None) | Q(turn_at__gt=at))
        .update(turn=turn, turn_at=at, turn_task="")
    )
    if taken:
        deferred = deliver_next.using(run_after=at) if at > now else deliver_next
        result = deferred.enqueue(webhook_id, str(turn))
        Webhook.objects.filter(pk=webhook_id, turn=turn).update(turn_task=result.id)


def is_lost(webhook: Webhook, now: datetime) -> bool:
    """Tells whether a turn that should have come has no task any more: its worker died."""
    if webhook.turn is None or webhook.turn_at is None or webhook.turn_at > now - RUNS_WITHIN:
        return False
    if not webhook.turn_task:
        return True
    try:
        result = deliver_next.get_result(webhook.turn_task)
    except TaskResultDoesNotExist:
        return True
    if result.status == TaskResultStatus.READY:
        return False
    started = result.started_at
    running = result.status == TaskResultStatus.RUNNING
    return not (running and started is not None and started > now - RUNS_WITHIN)
