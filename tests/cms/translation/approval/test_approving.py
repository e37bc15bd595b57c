"""Tests of who may approve what, in the editor and by saying that a text is the same."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.delivery.publishing.language_check import language_faults
from cms.translation.models import ApprovedText, SameOnPurpose, TranslatorGroup
from cms.translation.texts.same_on_purpose import say_same
from cms.translation.texts.versions import version_of
from tests.cms.exchange.carrying import export
from tests.cms.translation.approval.scene import FIRST, SECOND, TITLE, Approval, person

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

OWN = "Du har skrivit texten själv. En annan person ska godkänna den."


@pytest.fixture
def waiting(approval: Approval) -> Approval:
    approval.switch()
    approval.enter({TITLE: "Riddo", FIRST: "Vuostas."})
    return approval


def place(approval: Approval, text: str) -> tuple[int, int]:
    stored = approval.stored(text)
    return stored.context_id, stored.translation_of_id


def test_nobody_approves_their_own(waiting: Approval) -> None:
    version = version_of("Riddo")
    answer = waiting.send(waiting.writer, "editor_approve", *place(waiting, TITLE), over=version)
    assert (answer.status_code, answer.json()) == (403, {"detail": OWN})
    answer = waiting.approve(waiting.writer)
    assert (answer.status_code, answer.json()) == (403, {"detail": OWN})
    assert not waiting.approved


def test_nor_does_an_administrator(waiting: Approval) -> None:
    administrator = User.objects.create_superuser("chefen", password="x")
    waiting.enter({TITLE: "Merra"}, administrator)
    answer = waiting.approve(administrator)
    assert answer.json()["approved"] == 1
    assert answer.json()["left"] == 1
    assert answer.json()["detail"] == OWN
    assert waiting.status().to_review == 1


def test_another_person_approves_one(waiting: Approval) -> None:
    version = version_of("Riddo")
    answer = waiting.send(waiting.other, "editor_approve", *place(waiting, TITLE), over=version)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["state"], said["by"]) == ("done", "other")
    assert said["at"]
    assert said["counts"]["to_review"] == 1
    assert waiting.status().to_review == 1


def test_what_was_not_seen_is_not_approved(waiting: Approval) -> None:
    version = version_of("Something else")
    answer = waiting.send(waiting.other, "editor_approve", *place(waiting, TITLE), over=version)
    assert answer.status_code == 409
    refs = {f"{c}-{s}": v for (c, s), v in (
        (place(waiting, TITLE), version), (place(waiting, FIRST), version_of("Vuostas.")),
    )}  # fmt: skip
    answer = waiting.send(waiting.other, "editor_approve_all", over=refs)
    assert answer.json()["approved"] == 1
    assert waiting.status().to_review == 1


def test_who_does_not_translate_into_the_language_approves_nothing(waiting: Approval) -> None:
    stranger = person("stranger")
    stranger.groups.clear()
    stranger.groups.add(TranslatorGroup.objects.get(locale__language_code="fi").group)
    assert waiting.approve(stranger).status_code == 403
    assert not waiting.approved


def test_a_text_with_a_fault_is_not_approved(waiting: Approval) -> None:
    waiting.enter({TITLE: '<a id="a9">Riddo</a>'})
    stored = waiting.stored(TITLE)
    assert stored.has_error
    version = version_of(stored.data)
    answer = waiting.send(waiting.other, "editor_approve", *place(waiting, TITLE), over=version)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert waiting.approve().json()["approved"] == 1


def test_the_queries_do_not_grow_with_the_strings(waiting: Approval) -> None:
    counts = []
    for texts in ({TITLE: "Riddo"}, {TITLE: "Merra", FIRST: "Akta.", SECOND: "Guokta."}):
        waiting.enter(texts)
        waiting.send(waiting.other, "editor_approve_all", over={})
        with CaptureQueriesContext(connection) as queries:
            assert waiting.approve().json()["approved"] >= len(texts)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2


def test_without_approval_it_says_that_somebody_has_read(approval: Approval) -> None:
    approval.enter({TITLE: "Riddo"})
    assert approval.approve().json()["approved"] == 0
    assert not ApprovedText.objects.exists()


def test_the_same_as_in_the_source_needs_two_as_well(waiting: Approval) -> None:
    waiting.enter({TITLE: TITLE})
    status = waiting.status()
    assert (status.to_review, status.translated) == (2, 0)
    assert not SameOnPurpose.objects.get(locale=waiting.locale).is_approved
    waiting.publish()
    assert waiting.document()["language"] == "sv"
    assert not list(language_faults())
    waiting.approve()
    waiting.publish()
    document = waiting.document()
    assert document["language"] == "smj"
    assert "/title" not in document["languages"]
    assert not list(language_faults())


def test_the_list_of_equal_texts_wants_two_to_tick(waiting: Approval) -> None:
    locale = waiting.locale.pk
    how = SameOnPurpose.How.LIST
    assert say_same(locale, [SECOND], how, user=waiting.writer) == 0
    assert say_same(locale, [SECOND], how, user=waiting.writer) == 0
    assert say_same(locale, [SECOND], how, user=None) == 0
    assert say_same(locale, [SECOND], how, user=waiting.other) == 1
    assert SameOnPurpose.objects.get(locale=locale).said_by == waiting.writer


def test_the_list_says_that_another_is_to_tick(waiting: Approval) -> None:
    waiting.publish()
    address = reverse("cms_translation:same", args=["smj"])
    client = Client()
    client.force_login(waiting.writer)
    page = client.get(address).context["groups"]
    texts = [
        f"{one['group'].key}:{digest}"
        for one in page
        if one["group"].key == waiting.page.translation_key
        for digest in one["group"].texts
    ]
    answer = client.post(address, {"texts": texts}, follow=True)
    assert "Another person is to tick the same texts" in answer.content.decode()
    client.force_login(waiting.other)
    answer = client.post(address, {"texts": texts}, follow=True)
    assert "count as translated" in answer.content.decode()


def test_a_file_hands_out_what_waits_as_to_review(waiting: Approval, tmp_path: Path) -> None:
    written = export(tmp_path, only="untranslated").read_text()
    assert "Riddo" in written
    assert 'state="needs-review-translation"' in written


def test_only_an_administrator_switches_it(approval: Approval) -> None:
    address = reverse("cms_translation:approval")
    client = Client(enforce_csrf_checks=False)
    client.force_login(approval.writer)
    assert client.get(address).status_code in (302, 403)
    client.post(address, {"languages": ["smj"]})
    assert not TranslatorGroup.objects.filter(needs_approval=True).exists()
    client.force_login(User.objects.create_superuser("chefen", password="x"))
    assert "Translators (smj)" in client.get(address).content.decode()
    client.post(address, {"languages": ["smj"]})
    wanted = TranslatorGroup.objects.filter(needs_approval=True)
    assert [one.locale.language_code for one in wanted] == ["smj"]
    assert " checked" in client.get(address).content.decode()
    client.post(address, {"languages": []})
    assert not wanted.all().exists()
