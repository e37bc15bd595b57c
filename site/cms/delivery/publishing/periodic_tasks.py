"""Upkeep of published documents by ``manage.py keep_publishing``."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cms.delivery.models import PendingRefresh, Removal
from cms.delivery.publishing.backlog import refresh_pending
from cms.delivery.publishing.sequence import lock_sequence

_WORKER_HAS_BEGUN = timedelta(minutes=2)


def keep() -> None:
    """Forgets old removals, and wakes a worker that died over its work."""
    forget_removals()
    wake_worker()


@transaction.atomic
def forget_removals() -> int:
    """Forgets removals that are older than ``REMOVALS_KEPT_DAYS``; returns how many.

    Who was away for longer can no longer be told what went, and is told to start again.
    """
    long_ago = timezone.now() - timedelta(days=settings.REMOVALS_KEPT_DAYS)
    old = Removal.objects.filter(removed_at__lt=long_ago)
    if not old.exists():
        return 0
    feed = lock_sequence()
    feed.forgotten_sequence = max(
        feed.forgotten_sequence, old.aggregate(last=Max("sequence"))["last"] or 0
    )
    feed.save(update_fields=["forgotten_sequence"])
    forgotten, _by_model = old.delete()
    return forgotten


def wake_worker() -> None:
    """Queues an old backlog again: its task may have died with its worker."""
    long_ago = timezone.now() - _WORKER_HAS_BEGUN
    if PendingRefresh.objects.filter(created_at__lt=long_ago).exists():
        refresh_pending.enqueue()
