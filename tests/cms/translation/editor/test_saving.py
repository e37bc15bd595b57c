"""Tests of saving a string as one types it."""

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.delivery.publishing.sequence import current_sequence
from cms.translation.editor import saving
from cms.translation.models import Review, SameOnPurpose, StringVersion, Suggestion
from cms.translation.status.status_check import status_faults
from cms.translation.texts.versions import version_of
from home.models import ContentPage
from tests.cms.translation.editor.desk import Desk, queries_of, signed_in, translator
from tests.factories.site import ExampleSite
from tests.factories.snippets import MunicipalityFactory
from tests.factories.translations import enter_translations

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def test_a_text_is_stored_as_upstreams_editor_stores_one(desk: Desk) -> None:
    before = desk.status()
    answer = desk.saved("title", "Riddo")
    stored = desk.stored("title")
    assert stored is not None
    assert (stored.data, stored.translation_type, stored.tool_name) == ("Riddo", "manual", "")
    assert stored.last_translated_by == desk.user
    assert not stored.has_error
    assert answer["version"] == version_of("Riddo")
    assert (answer["state"], answer["fault"], answer["notes"]) == ("done", "", [])
    assert answer["by"] == "julev"
    assert answer["at"] == stored.updated_at.isoformat()
    assert answer["counts"]["missing"] == before.strings - 1
    assert answer["counts"]["words_left"] == before.words - 1
    assert desk.translation.get_target_instance().draft_title == "Riddo"
    assert desk.versions() == []


def test_emptying_takes_it_away_and_keeps_it(desk: Desk) -> None:
    title = Page.objects.get(pk=desk.translation.get_target_instance().pk).title
    version = desk.saved("title", "Riddo")["version"]
    answer = desk.saved("title", "", version)
    assert (answer["version"], answer["state"], answer["at"]) == ("", "missing", None)
    assert desk.stored("title") is None
    assert desk.versions() == ["Riddo"]
    assert desk.translation.get_target_instance().draft_title == title
    assert desk.saved("title", "")["state"] == "missing"


def test_a_burst_of_typing_is_one_version(desk: Desk) -> None:
    version = ""
    for text in ("R", "Ri", "Rid", "Riddo"):
        version = desk.saved("title", text, version)["version"]
    assert desk.versions() == []
    StringTranslation.objects.update(updated_at="2026-01-01T00:00:00Z")
    for text in ("M", "Me", "Merra"):
        version = desk.saved("title", text, version)["version"]
    assert desk.versions() == ["Riddo"]
    other = Desk(desk.translation, translator("nubbe"))
    other.saved("title", "Guovllo", version)
    assert desk.versions() == ["Riddo", "Merra"]
    # Of a burst, the text is kept that stood there before it, with its own maker.
    assert [one.made_by for one in StringVersion.objects.all()] == [desk.user, desk.user]


def test_two_at_once_are_shown_both_texts(desk: Desk) -> None:
    other = Desk(desk.translation, translator("nubbe"))
    seen = desk.saved("title", "Riddo")["version"]
    theirs = other.saved("title", "Merra", seen)
    answer = desk.put("title", "Guovllo", seen)
    assert answer.status_code == 409
    assert answer.json()["theirs"] == {
        "data": "Merra", "version": theirs["version"], "by": "nubbe", "at": theirs["at"],
    }  # fmt: skip
    stored = desk.stored("title")
    assert stored is not None
    assert stored.data == "Merra"
    # Somebody takes it away.
    other.saved("title", "", theirs["version"])
    answer = desk.put("title", "Guovllo", theirs["version"])
    assert answer.status_code == 409
    assert answer.json()["theirs"]["data"] == ""


def test_an_answer_that_got_lost_is_given_again(desk: Desk) -> None:
    first = desk.saved("title", "Riddo")
    again = desk.saved("title", "Riddo")
    assert again["version"] == first["version"]
    assert again["at"] == first["at"]
    desk.saved("title", "", first["version"])
    assert desk.saved("title", "", first["version"])["version"] == ""


def test_a_text_with_a_fault_is_stored_and_not_used(desk: Desk) -> None:
    answer = desk.saved("introduction", "Låga plánav.")
    assert answer["state"] == "fault"
    assert "planen" in answer["fault"]
    stored = desk.stored("introduction")
    assert stored is not None
    assert (stored.has_error, stored.field_error) == (True, answer["fault"])
    assert answer["counts"]["missing"] == desk.status().strings
    answer = desk.saved("introduction", 'Låga <a id="a1">plánav</a>.', answer["version"])
    assert (answer["state"], answer["fault"]) == ("done", "")
    stored = desk.stored("introduction")
    assert stored is not None
    assert (stored.has_error, stored.field_error) == (False, "")


def test_what_the_source_says_is_not_said_by_typing_it(desk: Desk) -> None:
    answer = desk.saved("title", "Kust")
    assert answer["state"] == "same"
    assert len(answer["notes"]) == 1
    assert answer["counts"]["same"] == 1
    assert not SameOnPurpose.objects.exists()
    answer = desk.saved("title", "kust", answer["version"])
    assert not SameOnPurpose.objects.exists()
    answer = desk.same("title", answer["version"])
    assert answer.status_code == 200
    assert answer.json()["state"] == "done"
    assert answer.json()["counts"]["same"] == 0
    said = SameOnPurpose.objects.get()
    assert (said.text, said.said_by, said.how) == ("Kust", desk.user, "typed")
    stored = desk.stored("title")
    assert stored is not None
    assert stored.data == "Kust"
    # From now on that text counts, also when it is typed.
    answer = desk.saved("title", "", answer.json()["version"])
    assert desk.saved("title", "Kust")["state"] == "done"


def test_saying_so_is_over_a_version_too(desk: Desk) -> None:
    desk.saved("title", "Riddo")
    assert desk.same("title").status_code == 409
    assert not SameOnPurpose.objects.exists()


def test_an_address_may_be_the_same_unsaid(desk: Desk) -> None:
    assert desk.saved("slug", "kust")["state"] == "done"
    assert desk.same("slug", version_of("kust")).json()["state"] == "done"
    assert not SameOnPurpose.objects.exists()


def test_a_machines_text_becomes_a_persons(desk: Desk) -> None:
    segment = desk.segment("title")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=desk.translation.target_locale,
        data="Riddo",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool_name="machine",
    )
    assert desk.status().to_review == 1
    answer = desk.saved("title", "Riddo", version_of("Riddo"))
    assert answer["state"] == "done"
    assert desk.status().to_review == 0
    stored = desk.stored("title")
    assert stored is not None
    assert (stored.translation_type, stored.tool_name) == ("manual", "")
    Review.objects.create(translation=stored, state=Review.State.NEEDS_REVIEW)
    desk.saved("title", "Merra", answer["version"])
    assert not Review.objects.exists()


def test_what_cannot_be_stored_is_refused(desk: Desk) -> None:
    address = desk.address("title")
    for data, words in (("x" * 100_001, "100000"), ("a\u0008b", "U+0008")):
        answer = desk.put("title", data)
        assert answer.status_code == 422
        assert words in answer.json()["detail"]
    for body in ("{", "[]", '{"data": 5}', '{"data": null}', '{"data": "x", "over": 1}'):
        answer = desk.client.put(address, body, content_type="application/json")
        assert answer.status_code == 422, body
        assert answer.json()["detail"]
    large = '{"data": "' + "x" * 3_000_000 + '"}'
    assert desk.client.put(address, large, content_type="application/json").status_code == 422
    assert desk.stored("title") is None


def test_a_text_that_left_the_source_is_kept_once(desk: Desk, page: ContentPage) -> None:
    address = desk.address("title")
    page.title = "Stor kust"
    page.save_revision().publish()
    for _again in range(2):
        answer = desk.put_at(address, "Riddo")
        assert answer.status_code == 410
        assert "Kept and not used" in answer.json()["detail"]
    kept = Suggestion.objects.get()
    assert (kept.source_text, kept.data, kept.reason) == ("Kust", "Riddo", "source-changed")
    assert kept.made_by == desk.user
    assert not StringTranslation.objects.exists()
    assert desk.put_at(address, "").status_code == 410
    assert Suggestion.objects.count() == 1


def test_a_stopped_translation_keeps_the_text(desk: Desk) -> None:
    desk.translation.enabled = False
    desk.translation.save()
    answer = desk.put("title", "Riddo")
    assert answer.status_code == 410
    assert Suggestion.objects.get().reason == "stopped"
    assert desk.same("title").status_code == 410
    assert not StringTranslation.objects.exists()


def test_only_who_translates_saves(desk: Desk) -> None:
    address = desk.address("title")
    assert Client().put(address, "{}", content_type="application/json").status_code == 401
    stranger = signed_in(translator("suopma", "fi"))
    answer = stranger.put(address, '{"data": "x"}', content_type="application/json")
    assert answer.status_code == 403
    assert set(answer.json()) == {"detail"}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.user)
    assert strict.put(address, '{"data": "x"}', content_type="application/json").status_code == 403
    token = strict.get(address.partition("strings/")[0] + "token/").json()["csrf"]
    answer = strict.put(
        address,
        '{"data": "x"}',
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 200
    assert desk.client.put(
        address.replace(f"/{desk.segment('title').string_id}/", "/99999/"),
        '{"data": "x"}',
        content_type="application/json",
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize("path", ["title", "introduction", "body"])
def test_saving_asks_ten_questions_at_most_and_locks_nothing(path: str, desk: Desk) -> None:
    other = Desk(desk.translation, translator("nubbe"))
    desk.saved("slug", "riddo")
    before = current_sequence().last_sequence
    text, more = 'Låga <a id="a1">plánav</a>', "Riddo"
    typed = text if path == "introduction" else more
    address = desk.address(path)
    answer, first = queries_of(lambda: desk.put_at(address, typed))
    assert answer.status_code == 200
    version = answer.json()["version"]
    answer, own = queries_of(lambda: desk.put_at(address, f"{typed}.", version))
    version = answer.json()["version"]
    StringTranslation.objects.update(updated_at="2026-01-01T00:00:00Z")
    answer, others = queries_of(lambda: other.put_at(address, f"{typed}!", version))
    assert answer.status_code == 200
    assert desk.versions() == [f"{typed}."]
    for statements in (first, own, others):
        assert len(statements) <= 10, "\n".join(statements)
        assert not [one for one in statements if "delivery_" in one]
    assert current_sequence().last_sequence == before


def live(desk: Desk) -> str:
    """Publishes a whole translation; returns the version of its title."""
    version = ""
    for path, text in (
        ("slug", "riddo"),
        ("introduction", 'Låga <a id="a1">plánav</a>.'),
        ("title", "Riddo"),
    ):
        version = desk.saved(path, text)["version"]
    desk.saved("body", "<b>Akta</b> bájkke.")
    desk.saved("body", "Akta vil.", number=1)
    desk.publish()
    assert desk.status().status == "complete"
    StringTranslation.objects.update(created_at=LONG_AGO, updated_at=LONG_AGO)
    return version


LONG_AGO = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "texts", [["Merra"], ["<script>"], [""], ["", "Merra"], ["", "Riddo"], ["Kust"], ["<b>", "M"]]
)
def test_what_is_typed_over_a_live_text_changes_no_document(texts: list[str], desk: Desk) -> None:
    version = live(desk)
    before = current_sequence().last_sequence
    for text in texts:
        address = desk.address("title")
        answer, statements = queries_of(lambda: desk.put_at(address, text, version))  # noqa: B023
        assert answer.status_code == 200
        assert not [one for one in statements if "delivery_" in one]
        version = answer.json()["version"]
        assert list(status_faults()) == []
    assert current_sequence().last_sequence == before
    assert desk.status().status == "complete"
    assert desk.status().unpublished == 1
    assert "Riddo" in desk.versions()
    desk.publish()
    assert current_sequence().last_sequence > before
    assert list(status_faults()) == []


def test_a_live_text_that_is_still_being_written_is_kept(desk: Desk) -> None:
    version = desk.saved("title", "Riddo")["version"]
    desk.publish()
    desk.saved("title", "Merra", version)
    assert desk.versions() == ["Riddo"]


def test_a_changed_source_is_counted_string_by_string(desk: Desk, page: ContentPage) -> None:
    live(desk)
    page.title = "Stor kust"
    page.save_revision().publish()
    assert desk.status().outdated == 1
    answer = desk.saved("title", "Stuor riddo")
    assert answer["counts"]["outdated"] == 0
    answer = desk.saved("title", "", answer["version"])
    assert (answer["state"], answer["counts"]["outdated"]) == ("outdated", 1)
    # It comes back, and with it its translation.
    page.title = "Kust"
    page.save_revision().publish()
    assert desk.client.get(
        desk.address("title").partition("strings/")[0] + "state/"
    ).json()["counts"]["missing"] == 0  # fmt: skip


def test_who_is_second_by_a_moment_overwrites_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another saves between reading and writing: first an empty place, then a text, then none."""
    other = Desk(desk.translation, translator("nubbe"))
    write = saving._write
    theirs: list[tuple[str, str, str]] = []

    def write_second(*args: object) -> object:
        if theirs:
            other.saved(*theirs.pop())
        return write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "_write", write_second)
    version = ""
    for mine, first in (("Riddo", "Merra"), ("Riddo", "Gáddie"), ("", "Guovllo"), ("Riddo", "")):
        theirs.append(("title", first, version))
        answer = desk.put("title", mine, version)
        assert answer.status_code == 409, (mine, first)
        assert answer.json()["theirs"]["data"] == first
        version = version_of(first)
    assert list(status_faults()) == []
    # Of two strings of a page, neither is counted away.
    theirs.append(("body", "<b>Akta</b> bájkke.", ""))
    assert desk.put("title", "Riddo").status_code == 200
    assert list(status_faults()) == []
    assert desk.status().translated == 2


def test_a_fact_is_typed_like_a_page(swedish_site: ExampleSite) -> None:
    fact = MunicipalityFactory(name="Luleå kommun")
    fact.save_revision().publish()
    begun = enter_translations(fact, "smj", lambda path, text: None)
    begun.save_target(publish=False)
    desk = Desk(begun)
    address = desk.address("name")
    answer, statements = queries_of(lambda: desk.put_at(address, "Julevu suohkan"))
    assert answer.json()["state"] == "done"
    assert len(statements) <= 10, "\n".join(statements)
    assert list(status_faults()) == []
    desk.publish()
    assert desk.status().status == "complete"
    before = current_sequence().last_sequence
    desk.saved("name", "Julevu", answer.json()["version"])
    assert desk.versions() == ["Julevu suohkan"]
    assert current_sequence().last_sequence == before
    assert desk.status().status == "complete"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Låga plánav.", "The link “planen” is missing."),
        ('<a id="a1">Låga</a> <a id="a1">plánav</a>.', "The link “planen” is there twice."),
        ('Låga <a id="a1"> </a>plánav.', "The link “planen” is empty."),
    ],
)
def test_a_link_is_called_by_its_words(typed: str, said: str, desk: Desk) -> None:
    saved = desk.saved("introduction", typed)
    assert saved["state"] == "fault"
    assert saved["fault"].startswith(said)
