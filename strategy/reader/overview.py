"""All goals of a strategy and how far each is, made of published documents."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cms.content.reader.parts import DocumentNode, read_document
from strategy.models import GoalPage, PriorityAreaPage
from strategy.models.indicators import State
from strategy.reader.measures import Measure, read_measure

ON_THE_WAY = (State.REACHED, State.ON_TRACK)
ORDER = (*ON_THE_WAY, State.BEHIND, State.NO_DATA)
TYPES = (PriorityAreaPage._meta.label, GoalPage._meta.label)


@dataclass(frozen=True)
class MeasuredGoal:
    """A goal with its indicators, those that are published.

    Attributes:
        rows: an indicator, and what the goal's document says of it.
    """

    goal: DocumentNode
    rows: tuple[tuple[DocumentNode, Measure], ...]


@dataclass(frozen=True)
class AreaOfGoals:
    """The goals of a priority area; ``area`` is ``None`` for those whose area is not published."""

    area: DocumentNode | None
    goals: tuple[MeasuredGoal, ...]


@dataclass(frozen=True)
class Overview:
    """All goals of a strategy, by priority area, in the editors' order."""

    areas: tuple[AreaOfGoals, ...]

    @property
    def counts(self) -> dict[State, int]:
        """The number of indicators in each state; an indicator of two goals counts in both."""
        found = Counter(
            measure.state
            for area in self.areas
            for goal in area.goals
            for _indicator, measure in goal.rows
        )
        return {state: found[state] for state in ORDER}

    @property
    def total(self) -> int:
        """The number of indicators."""
        return sum(self.counts.values())

    @property
    def on_the_way(self) -> int:
        """The number of those on track or at their target."""
        return sum(self.counts[state] for state in ON_THE_WAY)


def overview_of(documents: Sequence[Mapping[str, Any]], language: str) -> Overview:
    """The overview of the areas and goals in some documents, shown on a page in a language.

    Args:
        documents: of the types ``TYPES``, siblings in their order.
    """
    areas = [one for one in documents if one["type"] == PriorityAreaPage._meta.label]
    goals = [one for one in documents if one["type"] == GoalPage._meta.label]
    keys = {area["key"] for area in areas}
    groups = [
        AreaOfGoals(
            read_document(dict(area), PriorityAreaPage, around=language),
            tuple(
                measured_goal(goal, language) for goal in goals if _key_above(goal) == area["key"]
            ),
        )
        for area in areas
    ]
    others = tuple(measured_goal(goal, language) for goal in goals if _key_above(goal) not in keys)
    return Overview(tuple(group for group in (*groups, AreaOfGoals(None, others)) if group.goals))


def _key_above(document: Mapping[str, Any]) -> str | None:
    return (document["parent"] or {}).get("key")


def measured_goal(document: Mapping[str, Any], language: str) -> MeasuredGoal:
    """The goal in a document, shown on a page in a language."""
    goal = read_document(dict(document), GoalPage, around=language)
    return MeasuredGoal(goal, tuple(_rows(goal)))


def _rows(goal: DocumentNode) -> Iterator[tuple[DocumentNode, Measure]]:
    for row in goal["indicators"]:
        measure = read_measure(row.data)
        if measure is not None:
            yield row["indicator"], measure
