"""Texts of a file that say what their source says: no translations, unless somebody says so."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import StringTranslation, Translation

from cms.exchange.exporting import unit_groups
from cms.exchange.formats import FORMATS, read_file
from cms.exchange.importing import Import, import_file
from cms.exchange.selection import Selection
from cms.exchange.units import Unit, UnitGroup
from cms.translation.lifecycle.synchronisation import stop_synchronisation
from cms.translation.models import LanguageStatus, SameOnPurpose, Suggestion
from cms.translation.texts.same_on_purpose import say_same
from home.models import ContentPage
from tests.cms.exchange.carrying import Target, bring, filled, outcomes, reasons, stored, xliff
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite
from tests.factories.translations import enter_translations, marked, translate
from tests.factories.translations import only as only_paths

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    found = ContentPage(title="Kust", slug="kust")
    found.introduction = rich_text("Norrbotten") + rich_text("2030")
    swedish_site.home.add_child(instance=found)
    found.save_revision().publish()
    return ContentPage.objects.get(pk=found.pk)


def only(*pages: Any) -> dict[str, Any]:
    return {"keys": [page.translation_key for page in pages]}


def state_of(page: ContentPage) -> list[Any]:
    columns = ("status", "translated", "published", "unpublished", "to_review")
    rows = LanguageStatus.objects.filter(source__object_id=page.translation_key)
    return list(rows.order_by("locale").values_list(*columns))


@pytest.mark.parametrize("name", FORMATS)
def test_a_prefilled_file_comes_back_and_changes_nothing(
    name: str, page: ContentPage, tmp_path: Path
) -> None:
    before = (stored(), state_of(page))
    path = filled(tmp_path, lambda _group, unit: unit, name, prefill=True, **only(page))
    report = bring(path)
    assert outcomes(report) == {
        "Kust": "same",
        "kust": "empty",  # An address stays the source's where nobody translates it.
        "Norrbotten": "same",
        "2030": "empty",
    }
    assert not report.is_clean
    assert "“Same as in Swedish”" in reasons(report)["Kust"]
    assert (stored(), state_of(page)) == before
    assert not SameOnPurpose.objects.exists()


@pytest.mark.parametrize("name", FORMATS)
def test_every_target_of_a_prefilled_file_has_text(
    name: str, page: ContentPage, tmp_path: Path
) -> None:
    path = filled(tmp_path, lambda _group, unit: unit, name, prefill=True, **only(page))
    units = list(read_file(path, path.name).units)
    assert [unit.target for unit in units] == [unit.source for unit in units]
    assert {unit.state for unit in units} == {
        "needs-review" if name == "po" else "needs-translation"
    }


@pytest.mark.parametrize("name", FORMATS)
def test_a_program_that_knows_no_states_translates_in_place(
    name: str, page: ContentPage, tmp_path: Path
) -> None:
    """It leaves the state as it was; PO has a state that every program resets."""

    def fill(_group: UnitGroup, unit: Unit) -> Unit:
        if unit.source != "Kust":
            return unit
        return replace(unit, target="Riddo", is_prefilled=name != "po", state=_left(name))

    report = bring(filled(tmp_path, fill, name, prefill=True, **only(page)))
    assert outcomes(report)["Kust"] == "taken"
    assert outcomes(report)["Norrbotten"] == "same"
    assert {row[4] for row in stored("smj")} == {"Riddo"}


def _left(name: str) -> Any:
    return "translated" if name == "po" else "needs-translation"


@pytest.mark.parametrize(
    ("unit", "target", "outcome"),
    [
        ("", "", "same"),
        ("", 'state="translated"', "same"),
        ("", 'state="new"', "same"),
        ("", 'state="needs-translation"', "same"),
        ("", 'state="needs-review-translation"', "same"),
        ('approved="no"', 'state="translated"', "same"),
        ('approved="yes"', 'state="needs-translation"', "same"),
        ("", 'state="final"', "taken"),
        ("", 'state="signed-off"', "taken"),
        ('approved="yes"', "", "taken"),
        ('approved="yes"', 'state="translated"', "taken"),
    ],
)
def test_xliff_says_that_a_text_is_the_same(
    unit: str, target: str, outcome: str, page: ContentPage, tmp_path: Path
) -> None:
    path = xliff(tmp_path, page, Target("title", "Kust", "KUST ", target, unit))
    assert outcomes(bring(path)) == {"Kust": outcome}
    assert StringTranslation.objects.filter(data="KUST ").exists() == (outcome == "taken")
    assert SameOnPurpose.objects.exists() == (outcome == "taken")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_say_it(name: str, page: ContentPage, tmp_path: Path) -> None:
    user = User.objects.create_user("julev")

    def fill(_group: UnitGroup, unit: Unit) -> Unit:
        return replace(unit, target=unit.source, state="final")

    path = filled(tmp_path, fill, name, **only(page))
    report, _changed = import_file(path, "mina.xlf", Import(user=user))
    assert {one for source, one in outcomes(report).items() if source != "kust"} == {"taken"}
    said = list(SameOnPurpose.objects.order_by("text"))
    assert [one.text for one in said] == ["Kust", "Norrbotten"]
    assert {(one.how, one.origin, one.said_by) for one in said} == {("file", "mina.xlf", user)}
    [row] = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.translated == row.strings
    [group] = unit_groups(Selection("smj", **only(page)))
    assert {unit.state for unit in group.units if unit.path != "slug"} == {"final"}
    # What is said once comes back as it is.
    again = bring(filled(tmp_path, lambda _group, unit: unit, name, **only(page)))
    assert set(outcomes(again).values()) == {"unchanged", "empty"}
    assert again.is_clean


@pytest.mark.parametrize("name", FORMATS)
def test_whoever_brings_a_file_can_say_it(name: str, page: ContentPage, tmp_path: Path) -> None:
    def fill(_group: UnitGroup, unit: Unit) -> Unit:
        return replace(unit, target=unit.source, state="translated")

    path = filled(tmp_path, fill, name, **only(page))
    assert outcomes(bring(path, dry_run=True, accept_identical=True))["Kust"] == "taken"
    assert not SameOnPurpose.objects.exists()
    assert outcomes(bring(path))["Kust"] == "same"
    assert outcomes(bring(path, accept_identical=True))["Kust"] == "taken"
    assert SameOnPurpose.objects.count() == 2


def test_what_a_file_says_to_be_untranslated_is_never_the_same_on_purpose(
    page: ContentPage, tmp_path: Path
) -> None:
    path = xliff(tmp_path, page, Target("title", "Kust", "Kust", 'state="needs-translation"'))
    report = bring(path, accept_identical=True)
    assert outcomes(report) == {"Kust": "same"}
    assert "still to be translated" in reasons(report)["Kust"]


def test_a_text_that_was_said_before_needs_no_saying(page: ContentPage, tmp_path: Path) -> None:
    bring(xliff(tmp_path, page, Target("title", "Kust", "Kust", 'state="final"')))
    other = ContentPage(title="Kust", slug="kust-2")
    page.get_parent().add_child(instance=other)
    other.save_revision().publish()
    report = bring(xliff(tmp_path, other, Target("title", "Kust", "Kust", 'state="translated"')))
    assert outcomes(report) == {"Kust": "taken"}
    assert SameOnPurpose.objects.count() == 1


def test_what_is_said_counts_where_it_waits_to_be_published(
    page: ContentPage, tmp_path: Path
) -> None:
    enter_translations(page, "smj", lambda path, text: text if path == "title" else None)
    row = LanguageStatus.objects.filter(
        source__object_id=page.translation_key, locale__language_code="smj"
    )
    assert row.get().translated == 0
    other = ContentPage(title="Kust", slug="kust-2")
    page.get_parent().add_child(instance=other)
    other.save_revision().publish()
    bring(xliff(tmp_path, other, Target("title", "Kust", "Kust", 'state="final"')))
    assert row.get().translated == 1


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_what_is_said_and_live_and_was_never_entered(
    name: str, page: ContentPage, tmp_path: Path
) -> None:
    made = translate(page, "smj", only_paths(marked("smj"), "title"))
    say_same(made.locale_id, ["norrbotten"], SameOnPurpose.How.LIST)
    [group] = unit_groups(Selection("smj", **only(page)))
    held = {unit.source: (unit.target, unit.state) for unit in group.units}
    assert held["Norrbotten"] == ("Norrbotten", "translated")
    assert held["2030"] == ("2030", "translated")
    before = (stored(), state_of(page))
    report = bring(filled(tmp_path, lambda _group, unit: unit, name, **only(page)))
    assert outcomes(report)["Norrbotten"] == "unchanged"
    assert outcomes(report)["2030"] == "unchanged"
    assert (stored(), state_of(page)) == before


def test_a_file_says_of_a_stopped_page_too_that_a_text_is_the_same(
    page: ContentPage, tmp_path: Path
) -> None:
    made = translate(page, "smj")
    stop_synchronisation(Translation.objects.get(source__object_id=page.translation_key))
    target = Target("introduction", "Norrbotten", "Norrbotten", 'state="final"')
    assert outcomes(bring(xliff(tmp_path, page, target))) == {"Norrbotten": "taken"}
    assert [one.text for one in SameOnPurpose.objects.all()] == ["Norrbotten"]
    assert not Suggestion.objects.exists()
    assert "Norrbotten [smj]" in str(ContentPage.objects.get(pk=made.pk).introduction)


def test_what_stands_elsewhere_in_the_same_field_is_the_sources_too(
    page: ContentPage, tmp_path: Path
) -> None:
    page.introduction = rich_text("Vid havet") + rich_text("Vid berget")
    page.save_revision().publish()
    path = filled(tmp_path, lambda _group, unit: unit, **only(page))
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            '<source>Vid havet</source><target state="needs-translation"/>',
            '<source>Vid havet</source><target state="translated">Vid berget</target>',
        ),
        encoding="utf-8",
    )
    assert outcomes(bring(path))["Vid havet"] == "same"


def test_a_number_needs_no_saying(page: ContentPage, tmp_path: Path) -> None:
    path = xliff(tmp_path, page, Target("introduction", "2030", "2030", 'state="translated"'))
    assert outcomes(bring(path)) == {"2030": "taken"}
    assert not SameOnPurpose.objects.exists()


def test_an_address_says_nothing_of_a_title(page: ContentPage, tmp_path: Path) -> None:
    def address(text: str) -> dict[str, str]:
        target = Target("slug", "kust", text, 'state="final"')
        return outcomes(bring(xliff(tmp_path, page, target)))

    assert address("kust") == {"kust": "empty"}
    assert address("riddo") == {"kust": "taken"}
    # Back to the source's.
    assert address("kust") == {"kust": "taken"}
    assert address("kust") == {"kust": "unchanged"}
    assert not SameOnPurpose.objects.exists()


def test_nothing_of_the_sources_is_kept_as_a_suggestion(page: ContentPage, tmp_path: Path) -> None:
    path = filled(tmp_path, lambda _group, unit: unit, prefill=True, **only(page))
    page.title = "Stora kusten"
    page.save_revision().publish()
    report = bring(path)
    assert outcomes(report)["Kust"] == "source-changed"
    assert not Suggestion.objects.exists()
