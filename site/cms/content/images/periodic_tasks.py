"""Upkeep of renditions by ``manage.py keep_publishing``."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.content.images.tasks import make_renditions_of

WORKER_IS_DEAD: Final = timedelta(minutes=10)
"""The time after which nobody makes the renditions of one image any more: it takes seconds."""

TRIES: Final = 3
"""Workers that are given one image; the last may have died of it, for lack of memory."""


def take_up_again() -> None:
    """Hands on the images whose worker died over them.

    The original stands for the renditions of one that is given up; ``published check`` names it.
    """
    long_ago = timezone.now() - WORKER_IS_DEAD
    running = DBTaskResult.objects.running().filter(
        task_path=make_renditions_of.module_path, started_at__lt=long_ago
    )
    for result in running:
        is_over = len(result.worker_ids) >= TRIES
        status = TaskResultStatus.FAILED if is_over else TaskResultStatus.READY
        # Another process may have seen it, too.
        running.filter(pk=result.pk).update(status=status, started_at=None)
