"""Names of before the package was called ``cms``: whatever holds one still works."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from cms.common import former_names
from cms.exchange.jobs import run_job
from tests.worker import work

PROJECT = Path(__file__).resolve().parents[3]


def queued(path: str) -> Any:
    """A row as the former code has stored it; what it asks for is gone by now."""
    result: Any = run_job.enqueue(0)
    result = result.db_result
    DBTaskResult.objects.filter(pk=result.pk).update(task_path=path)
    return DBTaskResult.objects.get(pk=result.pk)


@pytest.mark.parametrize(("former", "path"), former_names.TASKS.items())
def test_every_task_has_a_place(former: str, path: str) -> None:
    task = import_string(path)
    assert isinstance(task, Task)
    assert task.module_path == path
    assert former.startswith("norrbotten.")


def test_every_task_of_ours_is_among_them() -> None:
    """A task that is new since then has no former name; none of these may move without one."""
    found = subprocess.run(
        ["git", "grep", "-l", "^@task", "--", "site", "home", "strategy"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    modules = {path.removeprefix("site/").removesuffix(".py").replace("/", ".") for path in found}
    assert {path.rpartition(".")[0] for path in former_names.TASKS.values()} <= modules


@pytest.mark.django_db
@pytest.mark.parametrize("former", former_names.TASKS)
def test_a_queued_task_is_found_by_its_former_name(former: str) -> None:
    row = queued(former)
    assert row.task_result.task.module_path == former_names.TASKS[former]
    found = task_backends["background"].get_result(str(row.pk))
    assert found.task == import_string(former_names.TASKS[former]).using(backend="background")


@pytest.mark.django_db
def test_a_worker_does_it_and_leaves_the_name_in_the_queue() -> None:
    """A worker of the former code may look at the same row."""
    row = queued("norrbotten.exchange.jobs.run_job")
    work()
    path, status = DBTaskResult.objects.values_list("task_path", "status").get(pk=row.pk)
    assert (path, status) == ("norrbotten.exchange.jobs.run_job", "SUCCESSFUL")


@pytest.mark.django_db
def test_a_path_that_nobody_knows_fails_as_before() -> None:
    row = queued("norrbotten.exchange.jobs.no_job")
    work()
    row.refresh_from_db()
    assert row.status == "FAILED"
    assert "norrbotten" in row.traceback


@pytest.mark.django_db
def test_a_row_without_its_path_is_not_asked_for_it(django_assert_num_queries: object) -> None:
    row = queued("norrbotten.exchange.jobs.run_job")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert DBTaskResult.objects.only("status").get(pk=row.pk).status == "READY"


def test_the_region_is_named_where_former_names_are_read_alone() -> None:
    found = subprocess.run(
        ["git", "grep", "-il", "norrbotten", "--", "*.py"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    elsewhere = [path for path in found if not path.startswith(("tests/", "site/cms/demo/"))]
    assert elsewhere == ["site/cms/common/former_names.py"]
