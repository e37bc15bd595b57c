"""Files in the background: asked for in the admin, made by a worker, nobody else's to see."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from cms.exchange import importing, jobs
from cms.exchange.models import Job
from cms.translation.lifecycle.publishing import CannotPublish
from cms.translation.models import LanguageStatus, SameOnPurpose
from home.models import ContentPage
from tests.cms.exchange.carrying import filled, in_lule_sami, stored
from tests.factories.site import ExampleSite
from tests.factories.translations import translate
from tests.worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust")
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def signed_in(name: str, *codes: str) -> Client:
    user, _created = User.objects.get_or_create(username=name)
    user.groups.set(Group.objects.filter(name__in=[f"Translators ({code})" for code in codes]))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def translator(page: ContentPage) -> Client:
    return signed_in("julev", "smj")


JOBS = "/admin/translation-files/"


def ask(client: Client, capture: Any, **data: Any) -> Job:
    with capture(execute=True):
        response: Any = client.post(JOBS, data)
    assert response.status_code == 302, response.content.decode()
    job: Job = Job.objects.latest("pk")
    assert response.url == reverse("cms_exchange:job", args=[job.pk])
    return job


EXPORT = {"kind": "export", "locale": "smj", "only": "untranslated", "format": "xliff"}


def test_a_file_is_made_while_the_page_is_closed(
    translator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(translator, django_capture_on_commit_callbacks, **EXPORT)
    state = reverse("cms_exchange:job_state", args=[job.pk])
    assert translator.get(state).json()["state"] == "waiting"
    assert b"<progress" in translator.get(reverse("cms_exchange:job", args=[job.pk])).content
    work()
    told = translator.get(state).json()
    assert (told["state"], told["finished"], told["share"]) == ("done", True, 100)
    shown = translator.get(reverse("cms_exchange:job", args=[job.pk])).content.decode()
    address = reverse("cms_exchange:job_file", args=[job.pk])
    assert address in shown
    response = translator.get(address)
    assert 'filename="lule-sami.smj.xlf"' in response["Content-Disposition"]
    assert b"<source>Kust</source>" in b"".join(response.streaming_content)  # type: ignore[attr-defined]
    job.refresh_from_db()
    assert Path(job.file.path).is_relative_to(Path(job.file.storage.location))
    # Not under the media folder, which anybody may read.
    assert not Path(job.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_a_file_is_read_and_published(
    translator: Client, page: ContentPage, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    upload = SimpleUploadedFile("mina.xlf", path.read_bytes())
    job = ask(
        translator, django_capture_on_commit_callbacks,
        kind="import", locale="smj", file=upload, publish="on",
    )  # fmt: skip
    work()
    job.refresh_from_db()
    assert (job.state, job.counts) == ("done", {"taken": 2, "published": 1}), job.message
    [row] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.status == "complete"
    assert StringTranslation.objects.filter(last_translated_by__username="julev").count() == 2


def test_a_report_names_what_was_not_taken(
    translator: Client, page: ContentPage, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    page.title = "<b>Strand"
    page.save_revision().publish()
    upload = SimpleUploadedFile("mina.xlf", path.read_bytes())
    job = ask(
        translator, django_capture_on_commit_callbacks,
        kind="import", locale="smj", file=upload, dry_run="on",
    )  # fmt: skip
    before = stored()
    work()
    assert stored() == before
    shown = translator.get(reverse("cms_exchange:job", args=[job.pk])).content.decode()
    assert "kept as a suggestion" in shown or "förslag" in shown
    assert "&lt;b&gt;Strand" in shown
    assert "<b>Strand" not in shown


@pytest.mark.parametrize("content", [b"", b"<xliff", b"hello", b"PK\x03\x04"])
def test_a_bad_file_is_a_message(
    content: bytes, translator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(
            JOBS, {"kind": "import", "locale": "smj", "file": SimpleUploadedFile("x.xlf", content)}
        )
    work()
    job = Job.objects.first()
    assert job is None or (job.state == "failed" and "x.xlf" in job.message)


def test_what_could_not_be_published_is_said_beside_a_long_report(
    translator: Client,
    page: ContentPage,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(source: Any, locale: Any, user: Any) -> None:
        raise CannotPublish("Kust: the title is too long")

    monkeypatch.setattr(importing, "publish_translation", refuse)
    monkeypatch.setattr(jobs, "SHOWN", 0)
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    content = path.read_text(encoding="utf-8").replace("</body>", f"{STRANGE}</body>")
    job = ask(
        translator, django_capture_on_commit_callbacks, kind="import", locale="smj",
        file=SimpleUploadedFile("mina.xlf", content.encode()), publish="on",
    )  # fmt: skip
    work()
    job.refresh_from_db()
    assert job.state == "done"
    first, second = job.message.split("\n")
    assert first == "Kust: the title is too long"
    assert second.startswith("1 ")
    assert job.counts["published"] == 0


STRANGE = (
    '<trans-unit id="x" resname="nowhere"><source>Ett</source><target>Akta</target></trans-unit>'
)


def test_only_ones_own_languages_and_jobs(
    translator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    refused = translator.post(JOBS, EXPORT | {"locale": "fi"})
    assert refused.status_code == 200
    assert not Job.objects.exists()
    job = ask(translator, django_capture_on_commit_callbacks, **EXPORT)
    work()
    finnish = signed_in("suomi", "fi")
    for name in ("job", "job_state", "job_file"):
        address = reverse(f"cms_exchange:{name}", args=[job.pk])
        response: Any = translator.get(address)
        assert response.status_code == 200
        # Read to its end, a file is closed without the test's connection.
        assert b"".join(response)
        assert finnish.get(address, follow=True).status_code == 404
    editor = signed_in("skribent")
    assert editor.get(JOBS).status_code == 302


def test_who_leaves_the_group_gets_no_file(
    translator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(translator, django_capture_on_commit_callbacks, **EXPORT)
    User.objects.get(username="julev").groups.clear()
    work()
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("failed", "")


def test_a_job_whose_worker_died_can_be_started_again(
    translator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(translator, django_capture_on_commit_callbacks, **EXPORT)
    address = reverse("cms_exchange:job", args=[job.pk])
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, seen_at=long_ago)
    work()
    job.refresh_from_db()
    assert job.state == "running"
    assert translator.get(reverse("cms_exchange:job_state", args=[job.pk])).json()["silent"]
    with django_capture_on_commit_callbacks(execute=True):
        translator.post(address)
    work()
    job.refresh_from_db()
    assert job.state == "done"


def test_one_page_from_its_editor(translator: Client, page: ContentPage, tmp_path: Path) -> None:
    target = translate(page, "smj", lambda path, text: None)
    edit = translator.get(reverse("wagtailadmin_pages:edit", args=[target.pk]), follow=True)
    assert edit.status_code == 200
    [translation] = page.get_translations()
    address = reverse("cms_exchange:page", args=[_translation_of(page).pk])
    assert address in edit.content.decode()
    assert translation.pk == target.pk
    response = translator.get(address, {"format": "xliff2"})
    assert response["Content-Type"] == "application/xliff+xml"
    assert b'version="2.1"' in response.content
    path = filled(tmp_path, in_lule_sami, keys=[page.translation_key])
    upload = SimpleUploadedFile("mina.xlf", path.read_bytes())
    shown = translator.post(address, {"file": upload}).content.decode()
    assert "mina.xlf: 2 " in shown
    assert StringTranslation.objects.filter(data="Kust (smj)").exists()
    bad = SimpleUploadedFile("x.xlf", b"<a/>")
    assert "x.xlf" in translator.post(address, {"file": bad}).content.decode()
    assert translator.get(address, {"format": "doc"}, follow=True).status_code == 404


def test_a_box_says_that_texts_are_the_same_on_purpose(
    translator: Client, page: ContentPage, django_capture_on_commit_callbacks: Any
) -> None:
    job = ask(translator, django_capture_on_commit_callbacks, **EXPORT, prefill="on")
    work()
    job.refresh_from_db()
    prefilled = Path(job.file.path).read_text(encoding="utf-8")
    before = stored()
    for text, boxes, outcome in (
        (prefilled, {}, "same"),
        (prefilled, {"accept_identical": "on"}, "same"),
        (prefilled.replace("needs-translation", "translated"), {}, "same"),
        (prefilled.replace("needs-translation", "translated"), {"accept_identical": "on"}, "taken"),
    ):
        assert stored() == before
        upload = SimpleUploadedFile("mina.xlf", text.encode())
        job = ask(
            translator, django_capture_on_commit_callbacks,
            kind="import", locale="smj", file=upload, **boxes,
        )  # fmt: skip
        work()
        job.refresh_from_db()
        assert job.counts[outcome] > 5
    assert SameOnPurpose.objects.get(text="Kust").said_by == User.objects.get(username="julev")


def test_a_page_of_its_own_can_be_prefilled_and_the_same(
    translator: Client, page: ContentPage
) -> None:
    translate(page, "smj", lambda path, text: None)
    address = reverse("cms_exchange:page", args=[_translation_of(page).pk])
    content = translator.get(address, {"format": "xliff", "prefill": "on"}).content
    assert b'state-qualifier="x-prefilled">Kust</target>' in content
    content = content.replace(b"needs-translation", b"translated")
    for boxes, number in ({}, 0), ({"accept_identical": "on"}, 1):
        upload = SimpleUploadedFile("mina.xlf", content)
        translator.post(address, {"file": upload, **boxes})
        assert SameOnPurpose.objects.count() == number


def _translation_of(page: ContentPage) -> Any:
    from wagtail_localize.models import Translation

    return Translation.objects.get(source__object_id=page.translation_key)


def test_the_form_takes_over_the_filters_of_the_report(translator: Client) -> None:
    shown = translator.get(JOBS, {"language": "smj", "status": "outdated"}).content.decode()
    assert '<option value="outdated" selected>' in shown
    kind = ContentType.objects.get_for_model(ContentPage).pk
    shown = translator.get(JOBS, {"type": "home.ContentPage"}).content.decode()
    assert f'<option value="{kind}" selected>' in shown
    assert translator.get(JOBS, {"type": "no.Page"}).status_code == 200
    assert json.dumps("smj").strip('"') in shown
