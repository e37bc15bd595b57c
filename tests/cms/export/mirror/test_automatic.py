"""With ``MIRROR_DIR``, the worker keeps the mirror up to date."""

import fcntl
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from cms.common.periodic import run_periodic_tasks
from cms.export.mirror.tasks import update_mirror
from tests.cms.delivery.publishing.small_site import SmallSite, publish
from tests.cms.export.mirror.looking import assert_exact

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]
Commits = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def mirrored(settings: Settings, root: Path) -> None:
    settings.MIRROR_DIR = root


def waiting() -> int:
    tasks = DBTaskResult.objects.ready().filter(task_path=update_mirror.module_path)
    return int(tasks.count())


def work() -> int:
    """Does the worker's work with what waits."""
    DBTaskResult.objects.filter(task_path=update_mirror.module_path).delete()
    return update_mirror.func()


def test_many_publications_make_one_run(
    small_site: SmallSite, root: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    for title in ("Ett", "Två", "Tre"):
        with django_capture_on_commit_callbacks(execute=True):
            publish(small_site.contact, title=title)
            assert waiting() == (0 if title == "Ett" else 1)
    assert waiting() == 1
    assert work() == 1
    assert_exact(root)
    assert work() == 0


def test_nothing_is_queued_without_a_folder(
    small_site: SmallSite, settings: Settings, django_capture_on_commit_callbacks: Commits
) -> None:
    settings.MIRROR_DIR = None
    with django_capture_on_commit_callbacks(execute=True):
        publish(small_site.contact, title="Ett")
    run_periodic_tasks()
    assert waiting() == 0
    assert work() == 0


def test_the_upkeep_makes_up_for_what_was_lost(small_site: SmallSite, root: Path) -> None:
    run_periodic_tasks()
    run_periodic_tasks()
    assert waiting() == 1
    work()
    run_periodic_tasks()
    assert waiting() == 0
    publish(small_site.contact, title="Ett")
    run_periodic_tasks()
    assert waiting() == 1
    work()
    (root / ".mirror/unfinished").touch()
    run_periodic_tasks()
    assert waiting() == 1


def test_a_folder_that_is_none_is_tried_again(
    small_site: SmallSite, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root.touch()
    run_periodic_tasks()
    assert waiting() == 1


def test_who_finds_it_held_leaves_it(small_site: SmallSite, root: Path) -> None:
    work()
    publish(small_site.contact, title="Ett")
    with (root / ".mirror/lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert work() == 0
    assert work() == 1
    assert_exact(root)
