"""An image whose worker died is handed to the next, and given up in the end."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms.common.periodic import run_periodic_tasks
from cms.content.images.periodic_tasks import TRIES, WORKER_IS_DEAD
from cms.content.images.tasks import make_renditions_of
from cms.content.models import ContentRendition
from tests.factories.media import ImageFactory
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def died(ago: timedelta, workers: int = 1) -> Any:
    """The task of an image whose worker began so long ago and does not go on."""
    image = ImageFactory(renditions_made=False)
    DBTaskResult.objects.all().delete()
    result = DBTaskResult.objects.get(pk=make_renditions_of.enqueue(image.pk).id)
    result.status = TaskResultStatus.RUNNING
    result.started_at = timezone.now() - ago
    result.worker_ids = [f"worker-{number}" for number in range(workers)]
    result.save()
    return result


def test_another_worker_makes_the_renditions(media: Path) -> None:
    died(WORKER_IS_DEAD + timedelta(seconds=1))
    work()
    assert not ContentRendition.objects.exists()
    run_periodic_tasks()
    work()
    assert ContentRendition.objects.exists()


@pytest.mark.parametrize(
    ("ago", "workers", "status"),
    [
        (WORKER_IS_DEAD - timedelta(minutes=1), 1, TaskResultStatus.RUNNING),
        (WORKER_IS_DEAD * 2, TRIES - 1, TaskResultStatus.READY),
        (WORKER_IS_DEAD * 2, TRIES, TaskResultStatus.FAILED),
    ],
)
def test_who_works_is_let_be_and_what_kills_workers_is_given_up(
    media: Path, ago: timedelta, workers: int, status: TaskResultStatus
) -> None:
    result = died(ago, workers)
    run_periodic_tasks()
    assert DBTaskResult.objects.get(pk=result.pk).status == status
