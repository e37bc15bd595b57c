"""Upkeep of webhooks: resumes what was left undone, and clears away what is old.

Called every minute by ``manage.py keep_publishing``, in one process or several.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cms.delivery.webhooks.attempts import GIVEN_UP_AFTER, MOST_TRIES, Problem, Status
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.delivery.webhooks.models.delivery import KEPT
from cms.delivery.webhooks.turns import NO_TURN, RUNS_WITHIN, is_lost, wake

AT_ONCE = 1_000
"""Old messages that are deleted in one go."""


def tend() -> None:
    """Does all of it."""
    now = timezone.now()
    take_back(now)
    give_up(now)
    wake_due(now)
    clear(now)


def take_back(now: datetime) -> None:
    """Takes back messages whose worker died while sending: they are sent again, or given up."""
    left = WebhookDelivery.objects.filter(status=Status.SENDING, claimed_at__lt=now - RUNS_WITHIN)
    noted = {"problem": Problem.LEFT, "detail": "", "answer": "", "http_status": None}
    left.filter(tries__gte=MOST_TRIES).update(status=Status.FAILED, finished_at=now, **noted)
    left.update(status=Status.WAITING, next_try_at=now, **noted)


def give_up(now: datetime) -> None:
    """Gives up messages that waited a day for a receiver that answers nothing at all."""
    old = WebhookDelivery.objects.filter(
        status=Status.WAITING,
        queued_at__lt=now - GIVEN_UP_AFTER,
        webhook__in=Webhook.objects.filter(active=True, failures__gt=0),
    )
    old.filter(tries=0).update(status=Status.FAILED, finished_at=now, problem=Problem.UNTRIED)
    old.update(status=Status.FAILED, finished_at=now)


def wake_due(now: datetime) -> None:
    """Gives a turn to each webhook that has something due and no task for it."""
    due = WebhookDelivery.objects.sendable().filter(webhook=OuterRef("pk"), next_try_at__lte=now)
    waiting = Webhook.objects.filter(Exists(due), Q(paused_until=None) | Q(paused_until__lte=now))
    for webhook in waiting:
        if is_lost(webhook, now):
            Webhook.objects.filter(pk=webhook.pk, turn=webhook.turn).update(**NO_TURN)
        wake(webhook.pk, now)


def clear(now: datetime) -> None:
    """Deletes messages that nobody will ask for any more, and secrets that are no longer valid."""
    while True:
        old = WebhookDelivery.objects.filter(created_at__lt=now - KEPT).exclude(
            status=Status.SENDING
        )
        keys = list(old.order_by("created_at").values_list("pk", flat=True)[:AT_ONCE])
        if not keys:
            break
        WebhookDelivery.objects.filter(pk__in=keys).delete()
    Webhook.objects.filter(previous_secret_until__lt=now).update(
        previous_secret="", previous_secret_until=None
    )
