"""Goals with indicators, and the page that shows them all."""

import datetime as dt
from typing import Any

from django.test import Client

from strategy.models import GoalPage
from strategy.models.goals import GoalIndicator
from strategy.models.indicators import IndicatorValue
from tests.cms.content.reader.markup import Element, read
from tests.factories.pages import GoalPageFactory
from tests.factories.snippets import IndicatorFactory

ADDRESS = "/sv/strategi/progress.html"

D = dt.date
Series = list[tuple[dt.date, float]]
Row = tuple[float, int, float, int, Series]
"""Baseline with its year, target with its year, values."""


def add_goal(area: Any, name: str, measures: list[Row]) -> Any:
    """A goal that is published with its indicators."""
    number = GoalPage.objects.count()
    goal = GoalPageFactory(parent=area, title=name, slug=f"goal-{number}")
    for at, (baseline, start, target, end, values) in enumerate(measures):
        indicator = IndicatorFactory(name=f"{name} {at}", better="higher")
        indicator.values.all().delete()
        for day, value in values:
            IndicatorValue.objects.create(indicator=indicator, date=day, value=value)
        indicator.save()
        GoalIndicator.objects.create(
            goal=goal,
            indicator=indicator,
            baseline_value=baseline,
            baseline_year=start,
            target_value=target,
            target_year=end,
            sort_order=at,
        )
    GoalPage.objects.get(pk=goal.pk).save_revision().publish()
    return goal


def opened(client: Client, address: str = ADDRESS) -> Element:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return read(response.content.decode())
