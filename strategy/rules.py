"""Rules for publishing of the strategy's pages and facts; see ``cms.content.rules``."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.content.rules.findings import Fault
from cms.content.rules.registry import advises, refuses
from strategy.blocks.areas import EmissionTargetBlock
from strategy.models import EffortPage, GoalPage, Indicator, StrategyPage
from strategy.models.plans import PlanMixin


@refuses("years_order", PlanMixin)
def look_at_plan(page: Any) -> Iterator[Fault]:
    """Finds a plan that ends before it starts."""
    if _is_before(page.plan_end, page.plan_start):
        yield Fault(_("The plan ends before it starts."), ("plan_end",))


@refuses("years_order", EffortPage)
def look_at_effort(page: Any) -> Iterator[Fault]:
    """Finds an effort that ends before it starts."""
    if _is_before(page.end_date, page.start_date):
        yield Fault(_("The effort ends before it starts."), ("end_date",))


@refuses("years_order", StrategyPage)
def look_at_period(page: Any) -> Iterator[Fault]:
    """Finds a period that ends before it starts."""
    if _is_before(page.period_end, page.period_start):
        yield Fault(_("The period ends before it starts."), ("period_end",))


@refuses("succeeds_itself", StrategyPage)
def look_at_succession(page: Any) -> Iterator[Fault]:
    """Finds a strategy that succeeds itself."""
    if page.succeeds_id and page.succeeds_id == page.pk:
        yield Fault(_("A strategy cannot succeed itself."), ("succeeds",))


@refuses("years_order", GoalPage)
def look_at_measures(page: Any) -> Iterator[Fault]:
    """Finds indicators of a goal whose target does not come after its baseline."""
    for number, row in enumerate(page.indicators.all()):
        if message := _not_after(row.baseline_year, row.target_year):
            yield Fault(message, ("indicators", number, "target_year"), row.pk)


@refuses("years_order", EmissionTargetBlock)
def look_at_emission_target(target: Any) -> Iterator[Fault]:
    """Finds an emission target that does not come after its base year."""
    years = [_year(target.get(name)) for name in ("base_year", "target_year")] if target else ()
    if years and (message := _not_after(*years)):
        yield Fault(message, ("target_year",))


@advises("indicator_unit", Indicator)
def look_for_unit(indicator: Any) -> Iterator[Fault]:
    """Finds an indicator without a unit."""
    if not indicator.unit:
        yield Fault(_("Say in which unit it is measured, for example per cent."), ("unit",))


@advises("indicator_values", Indicator)
def look_for_values(indicator: Any) -> Iterator[Fault]:
    """Finds an indicator of which nothing was measured."""
    if not indicator.values.all():
        yield Fault(_("Add at least one value: without any, no chart is shown."), ("values",))


def _is_before(end: Any, start: Any) -> bool:
    return bool(start and end and end < start)


def _not_after(first: int | None, last: int | None) -> str:
    if first is None or last is None or last > first:
        return ""
    return _("%(last)s does not come after %(first)s.") % {"first": first, "last": last}


def _year(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None
