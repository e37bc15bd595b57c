"""Tests of what an editor cannot save or publish, and of the progress towards a goal."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from cms.content.rules.judging import what_stops
from strategy.blocks.areas import EmissionTargetBlock
from strategy.fields import AgendaGoalsField
from strategy.models import (
    CulturePage,
    EffortPage,
    GoalPage,
    Indicator,
    Municipality,
    StoryPage,
    StrategyPage,
    TransportPage,
)
from strategy.models.goals import GoalIndicator
from strategy.models.indicators import (
    Better,
    IndicatorValue,
    State,
    goal_progress,
    goal_state,
)
from strategy.rules import look_at_emission_target
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


@pytest.mark.parametrize(
    ("page_type", "fields", "at_fault"),
    [
        (StrategyPage, {"state": "forgotten"}, "state"),
        (StrategyPage, {"period_start": 1066}, "period_start"),
        (EffortPage, {"status": "forgotten"}, "status"),
        (CulturePage, {"contact_email": "elsa"}, "contact_email"),
        (GoalPage, {"target_year": 2500}, "target_year"),
        (GoalPage, {"agenda_goals": [18]}, "agenda_goals"),
        (StoryPage, {"amount_sek": -1}, "amount_sek"),
        (StoryPage, {"kind": "club"}, "kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_as_it_was_meant_is_refused(
    page_type: type[Any], fields: dict[str, Any], at_fault: str, swedish_site: ExampleSite
) -> None:
    page = page_type.objects.get(pk=swedish_site.pages[page_type].pk)
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert at_fault in refused.value.message_dict


@pytest.mark.parametrize(
    ("page_type", "fields", "at_fault"),
    [
        (StrategyPage, {"period_start": 2040, "period_end": 2024}, "period_end"),
        (EffortPage, {"start_date": dt.date(2025, 1, 2), "end_date": dt.date(2025, 1, 1)},
         "end_date"),
        (CulturePage, {"plan_start": 2027, "plan_end": 2024}, "plan_end"),
        (TransportPage, {"plan_start": 2027, "plan_end": 2024}, "plan_end"),
        (CulturePage, {"image_alt_text": "", "image_decorative": False}, "image_alt_text"),
        (StoryPage, {"image_alt_text": "", "image_decorative": False}, "image_alt_text"),
    ],
)  # fmt: skip
def test_a_page_that_breaks_a_rule_is_saved_and_not_published(
    page_type: type[Any], fields: dict[str, Any], at_fault: str, swedish_site: ExampleSite
) -> None:
    page = page_type.objects.get(pk=swedish_site.pages[page_type].pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.full_clean()
    assert [one.path for one in what_stops(page)] == [(at_fault,)]


@pytest.mark.parametrize(
    ("page_type", "fields"),
    [
        (StrategyPage, {"period_start": 2024, "period_end": 2024}),
        (StrategyPage, {"period_start": None, "period_end": None}),
        (EffortPage, {"start_date": dt.date(2025, 1, 1), "end_date": dt.date(2025, 1, 1)}),
        (EffortPage, {"start_date": None}),
        (CulturePage, {"image_alt_text": "", "image_decorative": True}),
        (CulturePage, {"image": None, "image_alt_text": ""}),
        (GoalPage, {"agenda_goals": []}),
    ],
)
def test_a_page_within_the_rules_is_accepted(
    page_type: type[Any], fields: dict[str, Any], swedish_site: ExampleSite
) -> None:
    page = page_type.objects.get(pk=swedish_site.pages[page_type].pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.full_clean()
    assert not what_stops(page)


def test_a_strategy_cannot_succeed_itself(swedish_site: ExampleSite) -> None:
    page = StrategyPage.objects.get(pk=swedish_site.pages[StrategyPage].pk)
    page.succeeds = page
    assert [one.code for one in what_stops(page)] == ["succeeds_itself"]


@pytest.mark.parametrize("code", ["258", "25800", "abcd", "", "２５８０"])
def test_the_code_of_a_municipality_has_four_digits(code: str, swedish_site: ExampleSite) -> None:
    municipality = Municipality.objects.get(pk=swedish_site.targets.municipalities[0].pk)
    municipality.code = code
    with pytest.raises(ValidationError) as refused:
        municipality.full_clean()
    assert "code" in refused.value.message_dict


def test_an_indicator_has_one_value_a_day(swedish_site: ExampleSite) -> None:
    indicator = swedish_site.targets.indicators[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(indicator=indicator, date=dt.date(2023, 12, 31), value=1)


@pytest.mark.parametrize(
    "value", [[0], [18], ["4"], [4.5], 4, "4", {"4": True}, [None], [[4]], [True]]
)
def test_agenda_goals_are_numbers_from_1_to_17(value: Any) -> None:
    with pytest.raises(ValidationError):
        AgendaGoalsField(blank=True).clean(value, None)


@pytest.mark.parametrize("value", [[], [1], [17], [4, 8]])
def test_a_list_of_agenda_goals_is_kept(value: list[int]) -> None:
    assert AgendaGoalsField(blank=True).clean(value, None) == value


def test_agenda_goals_are_ticked_in_a_form() -> None:
    field = AgendaGoalsField(blank=True).formfield()
    assert field.clean(["4", "8"]) == [4, 8]
    assert field.clean([]) == []
    with pytest.raises(ValidationError):
        field.clean(["18"])


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "progress"),
    [
        (70, 80, 70, 0),
        (70, 80, 75, 0.5),
        (70, 80, 80, 1),
        (70, 80, 85, 1.5),
        (70, 80, 65, -0.5),
        (50, 10, 30, 0.5),  # Less is better.
        (50, 10, 60, -0.25),
        (70, 80, None, None),
        (70, 70, 75, None),
    ],
)
def test_progress_goes_from_the_baseline_to_the_target(
    baseline: float, target: float, latest: float | None, progress: float | None
) -> None:
    assert goal_progress(baseline, target, latest) == progress


@pytest.mark.parametrize(
    ("baseline_year", "progress"),
    [(2018, 0.3), (2020, 0.3), (2022, 0.3), (2023, None), (2030, None)],
)
def test_progress_takes_the_latest_value_after_the_baseline(
    baseline_year: int, progress: float | None, swedish_site: ExampleSite
) -> None:
    goal = GoalPage.objects.get(pk=swedish_site.pages[GoalPage].pk)
    (row,) = goal.indicators.all()
    row.baseline_year = baseline_year
    found = row.progress
    assert found is None if progress is None else found == pytest.approx(progress)


@pytest.mark.parametrize(
    ("baseline", "target", "latest", "day", "state"),
    [
        # From 31 December 2020 to 31 December 2030: a tenth of the way each year.
        (70, 80, 75, dt.date(2025, 12, 31), State.ON_TRACK),
        (70, 80, 74.9, dt.date(2025, 12, 31), State.BEHIND),
        (70, 80, 74.9, dt.date(2025, 6, 30), State.ON_TRACK),
        (70, 80, 80, dt.date(2021, 1, 1), State.REACHED),
        (70, 80, 85, dt.date(2035, 12, 31), State.REACHED),
        (70, 80, 79.9, dt.date(2035, 12, 31), State.BEHIND),
        (70, 80, 69, dt.date(2021, 12, 31), State.BEHIND),
        (0.1, 0.4, 0.1 + 0.03, dt.date(2021, 12, 31), State.ON_TRACK),
        # Less is better.
        (50, 10, 30, dt.date(2025, 12, 31), State.ON_TRACK),
        (50, 10, 31, dt.date(2025, 12, 31), State.BEHIND),
        (50, 10, 9, dt.date(2022, 12, 31), State.REACHED),
        # Nothing was measured since.
        (70, 80, None, None, State.NO_DATA),
    ],
)
def test_the_state_compares_the_latest_value_with_the_line_at_its_day(
    baseline: float, target: float, latest: float | None, day: dt.date | None, state: State
) -> None:
    assert goal_state(baseline, 2020, target, 2030, latest, day) == state
    # The same the other way round.
    mirrored = None if latest is None else -latest
    assert goal_state(-baseline, 2020, -target, 2030, mirrored, day) == state


@pytest.mark.parametrize(
    ("better", "latest", "state"),
    [
        (Better.HIGHER, 80, State.REACHED),
        (Better.HIGHER, 81, State.REACHED),
        (Better.HIGHER, 79, State.BEHIND),
        (Better.LOWER, 80, State.REACHED),
        (Better.LOWER, 79, State.REACHED),
        (Better.LOWER, 81, State.BEHIND),
    ],
)
def test_a_level_that_is_to_be_kept_is_kept_on_the_better_side(
    better: Better, latest: float, state: State
) -> None:
    assert goal_state(80, 2020, 80, 2030, latest, dt.date(2025, 12, 31), better) == state


def test_the_state_is_in_the_document_with_its_labels(swedish_site: ExampleSite) -> None:
    goal = GoalPage.objects.get(pk=swedish_site.pages[GoalPage].pk)
    client = Client()
    [row] = client.get(f"/api/v3/pages/{goal.pk}/").json()["indicators"]
    assert row["state"] == goal.indicators.get().state == State.BEHIND
    [labels] = [
        item["labels"]
        for item in client.get("/api/v3/choices/").json()["items"]
        if item["member"] == "state" and "on_track" in item["labels"]
    ]
    assert labels["behind"]["sv"] == "efter plan"
    Indicator.objects.update(live=False)
    again = GoalPage.objects.get(pk=goal.pk)
    assert again.indicators.get().state == State.NO_DATA


def test_the_progress_of_an_unpublished_indicator_is_unknown(swedish_site: ExampleSite) -> None:
    Indicator.objects.update(live=False)
    goal = GoalPage.objects.get(pk=swedish_site.pages[GoalPage].pk)
    (row,) = goal.indicators.all()
    assert row.progress is None


def test_progress_is_stored_nowhere() -> None:
    names = {field.name for field in GoalIndicator._meta.get_fields()}
    assert "progress" not in names


@pytest.mark.parametrize(("first", "last"), [(2040, 2030), (2030, 2030)])
def test_a_target_comes_after_its_beginning(
    first: int, last: int, swedish_site: ExampleSite
) -> None:
    goal: Any = GoalPage.objects.get(pk=swedish_site.pages[GoalPage].pk)
    (row,) = goal.indicators.all()
    row.baseline_year, row.target_year = first, last
    row.full_clean()
    goal.indicators = [row]
    [finding] = what_stops(goal)
    assert finding.loc == ("indicators", 0, "target_year")
    block = EmissionTargetBlock()
    value = {"sector": "x", "base_year": first, "target_year": last, "reduction_percent": 1.0}
    block.clean(block.to_python(value))
    [fault] = look_at_emission_target(value)
    assert fault.place == ("target_year",)


def test_a_target_with_its_years_in_order_is_taken() -> None:
    block = EmissionTargetBlock()
    value = {"sector": "x", "base_year": 2020, "target_year": 2030, "reduction_percent": 1.0}
    assert block.clean(block.to_python(value))["target_year"] == 2030
    assert not list(look_at_emission_target(value))
    assert not list(look_at_emission_target({"base_year": None, "target_year": 2030}))
