"""Tests of publishing everything that is complete in a language, by the worker."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission, Locale, Page

from cms.common import background_jobs
from cms.common.background_jobs import BackgroundJob
from cms.delivery.publishing.consistency_check import differences
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.models import PublishingJob, PublishingResult
from cms.translation.publish_all import jobs
from cms.translation.publish_all.complete import complete, hindered
from home.models import ContentPage
from tests.cms.translation.approval.scene import Approval, build_approval, person
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, only, translate
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def home(swedish_site: ExampleSite) -> Any:
    translate(swedish_site.home, "smj")
    return swedish_site.home


@pytest.fixture
def user() -> User:
    return person("julev")


@pytest.fixture
def client(user: User) -> Client:
    found = Client(raise_request_exception=False)
    found.force_login(user)
    return found


def page(home: Any, title: str, *paths: str) -> ContentPage:
    """A Swedish page, of which the texts at some paths are entered; all of them without any."""
    made = ContentPage(title=title, slug=title.lower(), introduction=f"<p>{title} inleder.</p>")
    Page.objects.get(pk=home.pk).add_child(instance=made)
    made.save_revision().publish()
    text_of = only(marked("smj"), *paths) if paths else marked("smj")
    enter_translations(made, "smj", text_of).save_target(publish=False)
    return made


def version(of: ContentPage) -> ContentPage:
    found: ContentPage = ContentPage.objects.get(
        translation_key=of.translation_key, locale__language_code="smj"
    )
    return found


def smj() -> Locale:
    found: Locale = Locale.objects.get(language_code="smj")
    return found


ADDRESS = "/admin/translation/publish/smj/"


def begin(client: Client, capture: Any) -> PublishingJob:
    with capture(execute=True):
        answer: Any = client.post(ADDRESS)
    job: PublishingJob = PublishingJob.objects.latest("pk")
    assert answer.url == reverse("cms_translation:publishing_job", args=[job.pk])
    return job


def outcomes(job: PublishingJob) -> dict[str, str]:
    return dict(job.results.values_list("title", "reason"))


def test_what_is_complete_is_published_and_the_rest_is_told(
    home: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    whole, half = page(home, "Kust"), page(home, "Hav", "title")
    shown = client.get(ADDRESS).content.decode()
    assert "<strong>1 page or fact</strong>" in shown
    assert "Hav" in shown
    assert "1 text is not translated" in shown
    job = begin(client, django_capture_on_commit_callbacks)
    state = client.get(reverse("cms_translation:publishing_state", args=[job.pk])).json()
    assert state["state"] == "waiting"
    work()
    job.refresh_from_db()
    assert (job.state, job.counts) == ("done", {"published": 1, "left": 1})
    assert outcomes(job) == {"Kust": "", "Hav": "1 text is not translated or not approved."}
    assert version(whole).live
    assert version(whole).title == "Kust [smj]"
    assert not version(half).live
    told = client.get(reverse("cms_translation:publishing_job", args=[job.pk])).content.decode()
    assert "Kust" in told
    assert "1 text is not translated" in told
    assert not list(differences())
    assert not complete(smj(), job.user).exists()


def test_what_waits_for_approval_stays(
    swedish_site: ExampleSite, django_capture_on_commit_callbacks: Any
) -> None:
    approval: Approval = build_approval(swedish_site.home)
    texts = {text: f"{text} (smj)" for text in ("Kust och hav", "Den första meningen.",
                                                "Den andra meningen.")}  # fmt: skip
    approval.enter(texts)
    approval.publish()
    approval.switch()
    approval.enter({"Kust och hav": "Riddo"})
    found = Client()
    found.force_login(approval.writer)
    job = begin(found, django_capture_on_commit_callbacks)
    work()
    assert not outcomes(job)
    approval.enter({"Den första meningen.": "Vuostas."}, approval.other)
    approval.approve()
    job = begin(found, django_capture_on_commit_callbacks)
    work()
    assert outcomes(job) == {"Kust och hav": "1 text is to be reviewed."}
    assert approval.texts()[0] == "Kust och hav (smj)"
    approval.approve(approval.writer)
    job = begin(found, django_capture_on_commit_callbacks)
    work()
    assert outcomes(job) == {"Kust och hav": ""}
    assert approval.texts()[:2] == ["Riddo", "Vuostas."]


def test_nothing_is_published_that_the_user_may_not(
    home: Any, client: Client, user: User, django_capture_on_commit_callbacks: Any
) -> None:
    whole = page(home, "Kust")
    publishing = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.filter(group__user=user, permission=publishing).delete()
    assert [one.reason for one in hindered(smj(), user)] == ["You may not publish it."]
    assert "Nothing that is complete" in client.get(ADDRESS).content.decode()
    job = begin(client, django_capture_on_commit_callbacks)
    work()
    assert outcomes(job) == {"Kust": "You may not publish it."}
    assert not version(whole).live


def test_a_locked_page_is_told_with_its_reason(
    home: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    locked, whole = version(page(home, "Kust")), page(home, "Hav")
    locked.locked, locked.locked_by = True, User.objects.create_superuser("chefen")
    locked.save()
    job = begin(client, django_capture_on_commit_callbacks)
    work()
    assert outcomes(job)["Hav"] == ""
    assert "is locked" in outcomes(job)["Kust"]
    assert version(whole).live


def test_a_page_that_fails_keeps_no_other_from_it(
    home: Any, client: Client, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    pages = [page(home, title) for title in ("Kust", "Hav", "Land")]

    def fail(source: Any, *args: Any) -> Any:
        if source.object_repr == "Kust":
            raise RuntimeError
        if source.object_repr == "Hav":
            raise CannotPublish("Not now.")
        return publish_translation(source, *args)

    monkeypatch.setattr(jobs, "publish_translation", fail)
    job = begin(client, django_capture_on_commit_callbacks)
    work()
    assert list(outcomes(job).values())[1:] == ["Not now.", ""]
    assert "went wrong" in outcomes(job)["Kust"]
    assert [version(one).live for one in pages] == [False, False, True]


def test_a_part_is_done_at_a_time(
    home: Any, client: Client, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    for title in ("Kust", "Hav", "Land"):
        page(home, title)
    monkeypatch.setattr(jobs, "PART", -1.0)
    job = begin(client, django_capture_on_commit_callbacks)
    for done in (1, 2):
        assert background_jobs.run(PublishingJob.objects.all(), job.pk, jobs.carry_out)
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == ("waiting", done, 3)
    work()
    job.refresh_from_db()
    assert (job.state, job.counts["published"]) == ("done", 3)


def test_a_killed_worker_goes_on(
    home: Any, client: Client, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    pages = [page(home, title) for title in ("Kust", "Hav")]
    job = begin(client, django_capture_on_commit_callbacks)

    def die_at_the_second(source: Any, *args: Any) -> Any:
        if source.object_repr == "Hav":
            raise SystemExit
        return publish_translation(source, *args)

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "publish_translation", die_at_the_second)
        with pytest.raises(SystemExit):
            background_jobs.run(PublishingJob.objects.all(), job.pk, jobs.carry_out)
    assert [version(one).live for one in pages] == [True, False]
    assert outcomes(job) == {"Kust": ""}
    jobs.resume_silent_jobs()
    job.refresh_from_db()
    assert job.state == BackgroundJob.State.RUNNING
    PublishingJob.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    jobs.resume_silent_jobs()
    jobs.resume_silent_jobs()
    work()
    job.refresh_from_db()
    assert (job.state, job.counts) == ("done", {"published": 2, "left": 0})
    assert [version(one).live for one in pages] == [True, True]


def test_who_asks_twice_has_one_job(
    home: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page(home, "Kust")
    first = begin(client, django_capture_on_commit_callbacks)
    assert begin(client, django_capture_on_commit_callbacks) == first


def test_nobody_else_sees_it(
    home: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    job = begin(client, django_capture_on_commit_callbacks)
    client.force_login(person("another"))
    for name in ("publishing_job", "publishing_state"):
        address = reverse(f"cms_translation:{name}", args=[job.pk])
        assert client.get(address, follow=True).status_code == 404
    assert client.post("/admin/translation/publish/fi/").status_code in (302, 403)
    assert PublishingJob.objects.count() == 1


def test_the_desk_and_the_list_of_pages_lead_to_it(home: Any, client: Client) -> None:
    page(home, "Kust")
    assert ADDRESS in client.get("/admin/").content.decode()
    assert ADDRESS in client.get("/admin/translation/work/?language=smj").content.decode()


def test_the_queries_do_not_grow_with_the_pages(
    home: Any, client: Client, user: User, django_capture_on_commit_callbacks: Any
) -> None:
    counts = []
    for titles in (("Kust",), ("Hav", "Land", "Berg", "Dal", "Mark")):
        for title in titles:
            page(home, title)
        with CaptureQueriesContext(connection) as asked:
            client.get(ADDRESS)
        job = begin(client, django_capture_on_commit_callbacks)
        with CaptureQueriesContext(connection) as done:
            work()
        assert set(outcomes(job).values()) == {""}
        counts.append((len(asked), len(done) / len(titles)))
    assert counts[1][0] <= counts[0][0]
    assert counts[1][1] <= counts[0][1]
    assert PublishingResult.objects.filter(job__user=user).count() == 6
