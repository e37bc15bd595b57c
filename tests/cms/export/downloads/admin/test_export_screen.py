"""*Export* in the admin: asked for, made by a worker, kept for who may have it, and logged."""

import csv
import os
import shutil
import time
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, Page, PageViewRestriction

from cms.common.periodic import run_periodic_tasks
from cms.exchange.parallel_texts.permissions import open_languages
from cms.export.downloads.models import HALF_MADE
from cms.export.models import ExportFile
from cms.languages.registry import LANGUAGES
from home.models import ContentPage
from tests.cms.export.downloads.admin.asking import SCREEN, ask, download, signed_in, translator
from tests.cms.export.small import draft, give
from tests.factories.site import ExampleSite
from tests.worker import work

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_out,
    pytest.mark.usefixtures("files_go_at_once"),
]


def publisher(below: Page, name: str = "publicerare", permission: str = "publish_page") -> User:
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=below, permission=Permission.objects.get(codename=permission)
    )
    user: User = User.objects.create(username=name)
    user.groups.add(group)
    return user


def texts(content: bytes, page: ContentPage) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    return {row["sv"]: row for row in rows if row["key"] == str(page.translation_key)}


def logged() -> list[tuple[str, str]]:
    entries = ModelLogEntry.objects.filter(action__startswith="cms_export.").order_by("pk")
    return [(entry.action.partition(".")[2], entry.user.username) for entry in entries]


def test_a_file_is_made_fetched_and_deleted(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    draft(page, "smj")
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks, languages=["smj", "en"], format="xlsx")
    state = reverse("cms_export:file_state", args=[job.pk])
    file = reverse("cms_export:file", args=[job.pk])
    fetch = reverse("cms_export:download", args=[job.pk])
    assert client.get(state).json()["state"] == "waiting"
    assert b"<progress" in client.get(file).content
    assert client.get(fetch, follow=True).status_code == 404
    work()
    told = client.get(state).json()
    assert (told["state"], told["finished"], told["share"]) == ("done", True, 100)
    assert fetch in client.get(file).content.decode()
    response: Any = client.get(fetch)
    today = timezone.localdate().isoformat()
    assert f'filename="texts-en-smj-{today}.xlsx"' in response["Content-Disposition"]
    sheet: Any = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).worksheets[0]
    assert "smj(Kust)" in {cell.value for row in sheet for cell in row}
    # In the language of who asked.
    assert sheet["A1"].value == "Sida"
    job.refresh_from_db()
    path = Path(job.file.path)
    assert path.is_relative_to(Path(job.file.storage.location))
    # Not under the media folder, which anybody may read.
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    listed = client.get(SCREEN).content.decode()
    assert fetch in listed
    assert client.post(reverse("cms_export:delete", args=[job.pk])).status_code == 302
    assert not path.exists()
    assert not ExportFile.objects.exists()
    name = "smj-översättare"
    assert logged() == [("made", name), ("fetched", name), ("deleted", name)]
    made = ModelLogEntry.objects.get(action="cms_export.made")
    assert made.data == {
        "format": "xlsx",
        "languages": ["en", "smj"],
        "types": [],
        "published": False,
        "open": ["smj"],
    }


def test_drafts_are_for_who_works_in_the_language(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    draft(page, "smj")
    draft(page, "fi")
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks)
    work()
    row = texts(download(client, job), page)["Kust"]
    assert (row["smj"], row["smj_status"]) == ("smj(Kust)", "draft")
    assert (row["fi"], row["fi_status"]) == ("", "unpublished")
    job = ask(client, django_capture_on_commit_callbacks, published="on")
    work()
    row = texts(download(client, job), page)["Kust"]
    assert (row["smj"], row["smj_status"]) == ("", "unpublished")


def test_a_corpus_holds_what_is_public_whoever_asks(
    page: ContentPage, admin_user: User, django_capture_on_commit_callbacks: Any
) -> None:
    give(page, "en")
    draft(page, "smj")
    client = signed_in(admin_user)
    job = ask(client, django_capture_on_commit_callbacks, format="tmx")
    work()
    content = download(client, job).decode()
    assert "en(Kust)" in content
    assert "smj(Kust)" not in content


def test_types_are_chosen(page: ContentPage, django_capture_on_commit_callbacks: Any) -> None:
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks, types=["home.HomePage"])
    work()
    assert texts(download(client, job), page) == {}
    for wrong in ({"types": ["auth.User"]}, {"languages": ["xx"]}, {"format": "doc"}):
        refused = client.post(SCREEN, {"format": "csv"} | wrong)
        assert refused.status_code == 200
    assert ExportFile.objects.count() == 1


def test_who_works_in_which_language(swedish_site: ExampleSite, page: ContentPage) -> None:
    finnish = give(page, "fi")
    assert open_languages(translator("smj")) == {"smj"}
    assert open_languages(publisher(swedish_site.home)) == {"sv"}
    assert open_languages(publisher(finnish, "finsk")) == {"fi"}
    assert open_languages(publisher(Page.objects.get(depth=1), "alla")) == set(LANGUAGES)
    assert open_languages(publisher(swedish_site.home, "skribent", "change_page")) == set()
    boss = User.objects.create_superuser("chef")
    assert open_languages(boss) == set(LANGUAGES)
    boss.is_active = False
    assert open_languages(boss) == set()


def test_who_works_in_none_gets_no_screen(swedish_site: ExampleSite) -> None:
    writer = signed_in(publisher(swedish_site.home, "skribent", "change_page"))
    assert writer.get(SCREEN).status_code == 302
    assert SCREEN not in writer.get("/admin/").content.decode()
    one = signed_in(publisher(swedish_site.home))
    assert one.get(SCREEN).status_code == 200
    assert SCREEN in one.get("/admin/").content.decode()


def test_nobody_sees_anothers_file_but_an_administrator(
    page: ContentPage, admin_user: User, django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(signed_in(translator("smj")), django_capture_on_commit_callbacks)
    work()
    finnish = signed_in(translator("fi"))
    for name in ("file", "file_state", "download"):
        address = reverse(f"cms_export:{name}", args=[job.pk])
        assert finnish.get(address, follow=True).status_code == 404
    delete = finnish.post(reverse("cms_export:delete", args=[job.pk]), follow=True)
    assert delete.status_code == 404
    assert ExportFile.objects.filter(pk=job.pk).exists()
    assert "smj-översättare" not in finnish.get(SCREEN).content.decode()
    boss = signed_in(admin_user)
    assert "smj-översättare" in boss.get(SCREEN).content.decode()
    assert download(boss, job)


def test_who_leaves_the_group_gets_no_more(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    user = translator("smj")
    client = signed_in(user)
    made = ask(client, django_capture_on_commit_callbacks)
    work()
    waiting = ask(client, django_capture_on_commit_callbacks)
    user.groups.set([Group.objects.get(name="Translators (fi)")])
    refused = client.get(reverse("cms_export:download", args=[made.pk]))
    assert refused.status_code == 302
    user.groups.clear()
    work()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file.name) == ("failed", "")
    assert waiting.message


def test_a_restricted_page_is_for_who_works_here(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks)
    work()
    assert set(texts(download(client, job), page)) == {"Kust", "Havet är kallt."}
    job = ask(client, django_capture_on_commit_callbacks, published="on")
    work()
    assert texts(download(client, job), page) == {}


def test_a_job_whose_worker_died_can_be_started_again(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks)
    ExportFile.objects.filter(pk=job.pk).update(state=ExportFile.State.RUNNING)
    delete = reverse("cms_export:delete", args=[job.pk])
    assert client.post(delete, follow=True).status_code == 404
    long_ago = timezone.now() - timedelta(minutes=5)
    ExportFile.objects.filter(pk=job.pk).update(seen_at=long_ago)
    work()
    assert client.get(reverse("cms_export:file_state", args=[job.pk])).json()["silent"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("cms_export:file", args=[job.pk]))
    work()
    job.refresh_from_db()
    assert job.state == "done"


def test_what_goes_wrong_is_a_message(
    page: ContentPage, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(query: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("cms.exchange.parallel_texts.tables.csv_writing.parallel_strings", fail)
    client = signed_in(translator("smj"))
    job = ask(client, django_capture_on_commit_callbacks)
    work()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "secret" not in job.message
    assert logged() == []


def test_old_files_are_cleared_away(
    page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in(translator("smj"))
    old, new = (ask(client, django_capture_on_commit_callbacks) for _number in range(2))
    work()
    for job in (old, new):
        job.refresh_from_db()
    long_ago = timezone.now() - timedelta(days=settings.EXPORTS_KEPT_DAYS, minutes=1)
    ExportFile.objects.filter(pk=old.pk).update(created_at=long_ago)
    run_periodic_tasks()
    assert list(ExportFile.objects.all()) == [new]
    assert (Path(old.file.path).exists(), Path(new.file.path).exists()) == (False, True)


def test_what_a_worker_left_half_made_is_cleared_away(db: None) -> None:
    old, new = (Path(settings.DATA_DIR) / "exports" / f"{HALF_MADE}{n}" for n in ("old", "new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "half.zip").touch()
    long_ago = time.time() - 25 * 3600
    os.utime(old, (long_ago, long_ago))
    run_periodic_tasks()
    assert (old.exists(), new.exists()) == (False, True)
    shutil.rmtree(new)
