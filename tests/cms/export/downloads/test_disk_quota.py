"""Tests of the disk quota for files made in the admin, and of which of them make room."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from cms.common.periodic import run_periodic_tasks
from cms.export.downloads.disk_quota import MEGABYTE
from cms.export.models import ExportFile
from home.models import ContentPage
from tests.cms.export.downloads.admin.asking import SCREEN, ask, download, signed_in, translator
from tests.worker import work

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("files_go_at_once"),
    pytest.mark.shared_out,
]

CLEARED = "för att ge plats för nyare"


@pytest.fixture
def user(page: ContentPage) -> User:
    return translator("smj")


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


@pytest.fixture(autouse=True)
def _three_megabytes(settings: Settings) -> None:
    settings.EXPORTS_KEPT_MEGABYTES = 3


def kept(user: User, megabytes: float, age: int, state: str = "done") -> ExportFile:
    """A file that was written so many seconds ago."""
    job = ExportFile(user=user, name="sv", format="csv", state=state, options={"open": []})
    job.file.save(f"{age}.csv", ContentFile(b"x" * int(megabytes * MEGABYTE)))
    written_at = Path(job.file.path).stat().st_mtime - age
    os.utime(job.file.path, (written_at, written_at))
    return job


def are_there(*jobs: ExportFile) -> list[bool]:
    """Tells whether each still has its file; on the disk it is as the record says."""
    for job in jobs:
        place = Path(job.file.path)
        job.refresh_from_db()
        assert place.exists() == bool(job.file)
    return [bool(job.file) for job in jobs]


def test_upkeep_deletes_the_oldest(user: User) -> None:
    oldest, old, young = kept(user, 1, 300), kept(user, 1, 200), kept(user, 1, 100)
    run_periodic_tasks()
    assert are_there(oldest, old, young) == [True, True, True]
    youngest = kept(user, 1.5, 10)
    run_periodic_tasks()
    assert are_there(oldest, old, young, youngest) == [False, False, True, True]
    assert ExportFile.objects.count() == 4


def test_upkeep_leaves_the_newest_however_large(user: User) -> None:
    old, newest = kept(user, 0.5, 20), kept(user, 4, 10)
    run_periodic_tasks()
    assert are_there(old, newest) == [False, True]


def test_a_file_that_is_made_makes_room_and_stays(
    user: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    oldest, newer = kept(user, 1, 200), kept(user, 2, 100)
    job = ask(client, django_capture_on_commit_callbacks)
    work()
    assert are_there(oldest, newer) == [False, True]
    assert download(client, job)


def test_a_file_larger_than_all_that_may_be_kept_stays(
    user: User, client: Client, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    other = kept(user, 0.1, 100)
    job = ask(client, django_capture_on_commit_callbacks, format="xlsx")
    settings.EXPORTS_KEPT_MEGABYTES = 0.001
    work()
    assert are_there(other) == [False]
    run_periodic_tasks()
    assert download(client, job)


def test_what_is_being_made_is_left_alone(user: User) -> None:
    running, done = kept(user, 4, 300, state="running"), kept(user, 3, 10)
    run_periodic_tasks()
    assert are_there(running, done) == [True, True]


def test_no_limit(user: User, settings: Settings) -> None:
    settings.EXPORTS_KEPT_MEGABYTES = 0
    jobs = kept(user, 4, 200), kept(user, 4, 100)
    run_periodic_tasks()
    assert are_there(*jobs) == [True, True]


def test_a_download_that_has_begun_ends_well(user: User, client: Client) -> None:
    old = kept(user, 2, 200)
    response: Any = client.get(reverse("cms_export:download", args=[old.pk]))
    pieces = iter(response.streaming_content)
    first = next(pieces)
    kept(user, 2, 100)
    run_periodic_tasks()
    assert are_there(old) == [False]
    assert len(first + b"".join(pieces)) == 2 * MEGABYTE


def test_a_file_that_is_gone_already_takes_no_room(user: User) -> None:
    gone, there = kept(user, 3, 200), kept(user, 3, 100)
    Path(gone.file.path).unlink()
    run_periodic_tasks()
    assert are_there(there) == [True]


def test_the_list_says_what_became_of_it(user: User, client: Client) -> None:
    old, new = kept(user, 2, 200), kept(user, 2, 100)
    run_periodic_tasks()
    listed = client.get(SCREEN).content.decode()
    addresses = [reverse("cms_export:download", args=[job.pk]) for job in (old, new)]
    assert [address in listed for address in addresses] == [False, True]
    assert listed.count(CLEARED) == 1
    assert "Alla filer tar tillsammans högst 3 MB" in listed
    said = client.get(reverse("cms_export:file", args=[old.pk])).content.decode()
    assert CLEARED in said
    assert CLEARED not in client.get(reverse("cms_export:file", args=[new.pk])).content.decode()
    assert client.get(addresses[0], follow=True).status_code == 404
    entry = ModelLogEntry.objects.get(action="cms_export.cleared")
    assert (entry.object_id, entry.user) == (str(old.pk), None)
    assert client.post(reverse("cms_export:delete", args=[old.pk])).status_code == 302
    assert list(ExportFile.objects.all()) == [new]


def test_the_list_says_how_long_a_file_waits(client: Client, settings: Settings) -> None:
    settings.EXPORTS_KEPT_MEGABYTES = 10_000
    assert "högst 10\u00a0000 MB" in client.get(SCREEN).content.decode()
    settings.EXPORTS_KEPT_DAYS, settings.EXPORTS_KEPT_MEGABYTES = 1, 0
    listed = client.get(SCREEN).content.decode()
    assert "Den väntar på att hämtas i 1 dag." in listed
    assert "Alla filer tar" not in listed
