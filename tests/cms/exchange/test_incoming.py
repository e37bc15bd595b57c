"""Tests of what a file may change, and of the outcome of each string that it may not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from cms.exchange.exporting import unit_groups
from cms.exchange.formats import FORMATS
from cms.exchange.importing import Import, import_file
from cms.exchange.results import Report
from cms.exchange.selection import Selection, SelectionError
from cms.exchange.units import Unit, UnitGroup, UnreadableFile
from cms.translation.models import LanguageStatus, Review, Suggestion
from home.models import ContentPage
from tests.cms.exchange.carrying import (
    bring,
    export,
    filled,
    in_lule_sami,
    stored,
    translated,
)
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust")
    found.introduction = rich_text("Vid havet.") + rich_text("Det finns {antal} öar.")
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


@pytest.fixture
def other(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Fjäll", slug="fjall")
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return found


def only(*pages: Any) -> dict[str, Any]:
    return {"keys": [page.translation_key for page in pages]}


def outcomes(report: Report) -> dict[str, str]:
    return {result.source: result.outcome for result in report.results}


def reason(report: Report, source: str) -> str:
    [found] = [result.reason for result in report.results if result.source == source]
    return found


def with_text(source: str, text: str) -> Any:
    def fill(group: UnitGroup, unit: Unit) -> Unit:
        done = in_lule_sami(group, unit)
        return replace(done, target=text) if unit.source == source else done

    return fill


def change_source(page: ContentPage, before: str, after: str) -> None:
    fresh = ContentPage.objects.get(pk=page.pk)
    fresh.introduction = fresh.introduction.replace(before, after)
    fresh.save_revision().publish()


def test_a_text_whose_source_has_changed_is_kept_as_a_suggestion(
    page: ContentPage, tmp_path: Path
) -> None:
    path = filled(tmp_path, in_lule_sami, **only(page))
    change_source(page, "Vid havet.", "Vid det stora havet.")
    report = bring(path)
    assert outcomes(report)["Vid havet."] == "source-changed"
    assert outcomes(report)["Kust"] == "taken"
    [kept] = Suggestion.objects.all()
    assert (kept.source_text, kept.data) == ("Vid havet.", "Vid havet. (smj)")
    assert kept.reason == "source-changed"
    assert not StringTranslation.objects.filter(data="Vid havet. (smj)").exists()
    bring(path)
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("Det finns {antal} öar.", "Li suollu.", "{antal}"),
        ("Vid havet.", "<script>alert(1)</script>", "<script>"),
        ("Vid havet.", "<b>Merra", "not closed"),
        ("Kust", "<b>Riddo</b>", "text alone"),
        ("Kust", "Riddo " * 60, "360 characters; the field holds 255"),
        ("kust", "Ny adress", "ny-adress"),
        ("kust", "fjall", "this address already"),
    ],
)
def test_of_a_page_with_a_refused_text_nothing_is_taken(
    source: str, text: str, said: str, page: ContentPage, other: ContentPage, tmp_path: Path
) -> None:
    enter_translations(other, "smj", lambda path, text: "fjall" if path == "slug" else None)
    before = stored()
    # PO carries fragments as they are, damaged ones too.
    path = filled(tmp_path, with_text(source, text), "po", **only(page, other))
    if source == "kust" and text == "fjall":
        from tests.factories.translations import translate

        translate(other, "smj", lambda path, text: None)
        before = stored()
    report = bring(path)
    assert outcomes(report)[source] == "refused"
    assert said in reason(report, source)
    assert "Kust" in outcomes(report)
    assert "none of the page was taken" in reason(report, "Vid havet.") or source == "Vid havet."
    taken = {row[1] for row in stored() - before}
    assert taken == {other.translation_key}
    assert not LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code="smj"
    ).translated


def test_a_trial_run_says_the_same_and_writes_nothing(page: ContentPage, tmp_path: Path) -> None:
    path = filled(tmp_path, in_lule_sami, **only(page))
    before = stored()
    trial = bring(path, dry_run=True)
    assert stored() == before
    assert not Suggestion.objects.exists()
    assert outcomes(bring(path)) == outcomes(trial)
    assert stored() != before


def test_nobodys_later_work_is_overwritten(page: ContentPage, tmp_path: Path) -> None:
    path = filled(tmp_path, in_lule_sami, **only(page))
    enter_translations(page, "smj", lambda path, text: "Riddo" if text == "Kust" else None)
    StringTranslation.objects.update(updated_at=timezone.now() + timedelta(seconds=5))
    report = bring(path)
    assert outcomes(report)["Kust"] == "changed-here"
    assert StringTranslation.objects.get(translation_of__data="Kust").data == "Riddo"
    assert Suggestion.objects.get().data == "Kust (smj)"


def test_what_a_file_replaces_is_kept(page: ContentPage, tmp_path: Path) -> None:
    enter_translations(page, "smj", lambda path, text: "Riddo" if text == "Kust" else None)
    report = bring(filled(tmp_path, in_lule_sami, **only(page)))
    assert outcomes(report)["Kust"] == "taken"
    assert StringTranslation.objects.get(translation_of__data="Kust").data == "Kust (smj)"
    kept = Suggestion.objects.get()
    assert (kept.data, kept.reason) == ("Riddo", "replaced")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("state", ["needs-review", "translated", "final"])
def test_states_travel_both_ways(state: Any, name: str, page: ContentPage, tmp_path: Path) -> None:
    bring(filled(tmp_path, in_lule_sami, name, **only(page)))
    bring(filled(tmp_path, lambda d, u: replace(u, state=state), name, **only(page)))
    [group] = unit_groups(Selection("smj", **only(page)))
    assert {unit.state for unit in group.units} == {state}
    row = LanguageStatus.objects.get(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.to_review == (row.strings if state == "needs-review" else 0)
    # A person who reads it and changes nothing but the state.
    report = bring(filled(tmp_path, lambda d, u: replace(u, state="final"), **only(page)))
    assert {result.outcome for result in report.results} <= {"taken", "unchanged"}
    [group] = unit_groups(Selection("smj", **only(page)))
    assert {unit.state for unit in group.units} == {"final"}
    translation = StringTranslation.objects.get(translation_of__data="Kust")
    translation.data = "Riddo"
    translation.save()
    assert not Review.objects.filter(translation=translation).exists()


def test_what_is_left_and_what_is_out_of_date_can_be_asked_for(
    page: ContentPage, other: ContentPage, tmp_path: Path
) -> None:
    bring(filled(tmp_path, in_lule_sami, **only(page)))
    assert not list(unit_groups(Selection("smj", only="untranslated", **only(page))))
    change_source(page, "Vid havet.", "Vid det stora havet.")
    [group] = unit_groups(Selection("smj", only="outdated"))
    [unit] = group.units
    assert (unit.source, unit.previous_source) == ("Vid det stora havet.", "Vid havet.")
    assert unit.previous_target == "Vid havet. (smj)"
    left = list(unit_groups(Selection("smj", only="untranslated", **only(page, other))))
    assert [[unit.source for unit in one.units] for one in left] == [
        ["Vid det stora havet."],
        ["Fjäll", "fjall"],
    ]


def test_a_part_of_the_tree_can_be_asked_for(page: ContentPage, other: ContentPage) -> None:
    assert [one.title for one in unit_groups(Selection("smj", under="/sv/kust/"))] == ["Kust"]
    assert len(list(unit_groups(Selection("smj", under="/sv/")))) > 10
    with pytest.raises(SelectionError, match="no page “berg” under"):
        list(unit_groups(Selection("smj", under="/sv/berg/")))


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"language": "fi"}, "“fi” was expected"),
        ({"languages": ["fi"]}, "you do not translate into"),
    ],
)
def test_another_language_is_refused(
    wanted: dict[str, Any], said: str, page: ContentPage, tmp_path: Path
) -> None:
    before = stored()
    with pytest.raises(UnreadableFile, match=said):
        bring(filled(tmp_path, in_lule_sami, **only(page)), **wanted)
    assert stored() == before


def test_another_sites_file_is_refused(page: ContentPage, tmp_path: Path) -> None:
    path = filled(tmp_path, in_lule_sami, **only(page))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(str(page.translation_key)[:8], "00000000"), encoding="utf-8")
    before = stored()
    with pytest.raises(UnreadableFile, match="of this site"):
        bring(path)
    assert stored() == before


def test_a_file_of_another_page_changes_only_the_page_at_hand(
    page: ContentPage, other: ContentPage, tmp_path: Path
) -> None:
    path = filled(tmp_path, in_lule_sami, **only(page, other))
    report = bring(path, keys=[other.translation_key])
    assert outcomes(report)["Kust"] == "unknown"
    assert outcomes(report)["Fjäll"] == "taken"
    assert {row[1] for row in stored("smj")} == {other.translation_key}


def test_it_says_who_brought_it_and_from_where(page: ContentPage, tmp_path: Path) -> None:
    user = User.objects.create_user("julev")
    path = filled(tmp_path, in_lule_sami, **only(page))
    report, changed = import_file(path, "mina.xlf", Import(user=user))
    assert changed == [page.translation_key]
    found = StringTranslation.objects.get(translation_of__data="Kust")
    assert (found.last_translated_by, found.tool_name) == (user, "mina.xlf")
    assert report.summary() == "mina.xlf: 4 taken"
    assert "line" in str(report.results[0])


def test_a_file_without_texts_to_take_says_so(page: ContentPage, tmp_path: Path) -> None:
    report = bring(export(tmp_path, **only(page)))
    assert report.counts() == {"empty": 4}
    assert not report.is_clean
    assert report.note == "texts.xlf: nothing could be used, for it has no text in “smj”."


def test_the_same_text_twice_in_a_file(page: ContentPage, tmp_path: Path) -> None:
    def twice(text: str) -> Path:
        path = filled(tmp_path, in_lule_sami, **only(page))
        content = path.read_text(encoding="utf-8")
        start, end = content.index("<trans-unit"), content.index("</trans-unit>") + 13
        copy = content[start:end].replace("Kust (smj)", text)
        path.write_text(content[:end] + copy + content[end:], encoding="utf-8")
        return path

    assert "two translations" in str(bring(twice("Annat")).results[1])
    report = bring(twice("Kust (smj)"))
    assert report.counts() == {"taken": 4, "unchanged": 1}


def test_letters_are_composed(page: ContentPage, tmp_path: Path) -> None:
    fill = lambda d, u: translated("Ga\u0301vnnu" if u.source == "Kust" else "", u)  # noqa: E731
    bring(filled(tmp_path, fill, **only(page)))
    assert StringTranslation.objects.get(translation_of__data="Kust").data == "G\u00e1vnnu"
