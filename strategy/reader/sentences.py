"""Sentences on a chart, and on why a state is as it is, in one language."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.content.reader.charts.line_chart import Measured
from cms.content.reader.figures import day_text, figure_text, is_last_of_year
from strategy.models.indicators import State
from strategy.reader.measures import Measure


def describe(measure: Measure, language: str) -> str:
    """The chart in words, for who does not see it.

    Args:
        language: a language in which there are all of our words.
    """
    facts = _facts(measure, language)
    return " ".join(
        say(sentence, language, **facts)
        for sentence in (
            _describe_values(len(measure.values)),
            _(
                "The straight line leads from %(baseline)s (%(baseline_year)s) to the target "
                "%(target)s (%(target_year)s)."
            ),
            _("State: %(state)s."),
        )
    )


def describe_values(values: Sequence[Measured], language: str) -> str:
    """The values alone in words; see :func:`describe`."""
    return say(_describe_values(len(values)), language, **_facts_of_values(values, language))


def _describe_values(count: int) -> Any:
    if not count:
        return _("Nothing was measured.")
    if count == 1:
        return _("One value was measured: %(last)s (%(last_day)s).")
    return _(
        "%(count)s values were measured: the first is %(first)s (%(first_day)s), the latest "
        "%(last)s (%(last_day)s)."
    )


def explain(measure: Measure, language: str) -> str:
    """The rule by which its state was judged, with its own figures."""
    return say(_rule(measure), language, **_facts(measure, language))


def _rule(measure: Measure) -> Any:
    if measure.latest is None:
        return _("Nothing was measured after %(baseline_year)s, the year of the baseline.")
    if not measure.has_way:
        if measure.state == State.REACHED:
            return _(
                "The level of %(target)s is to be kept. The latest value, %(last)s "
                "(%(last_day)s), keeps it."
            )
        return _(
            "The level of %(target)s is to be kept. The latest value, %(last)s (%(last_day)s), "
            "does not keep it."
        )
    if measure.state == State.REACHED:
        return _(
            "The latest value, %(last)s (%(last_day)s), is at the target of %(target)s or past it."
        )
    if measure.state == State.ON_TRACK:
        return _(
            "The latest value is %(last)s (%(last_day)s). On that day the straight line from the "
            "baseline to the target stands at %(expected)s. The value is on the line or better."
        )
    return _(
        "The latest value is %(last)s (%(last_day)s). On that day the straight line from the "
        "baseline to the target stands at %(expected)s. The value is worse than the line."
    )


def say(sentence: Any, language: str, **facts: str) -> str:
    """A sentence of ours in a language, with its facts.

    Args:
        sentence: still to be translated (``gettext_lazy``).
    """
    with translation.override(language):
        return str(sentence) % facts


def moment(measured: Measured, language: str) -> str:
    """The time of a value: its year where it stands for one, else its day."""
    if is_last_of_year(measured.day):
        return str(measured.day.year)
    return day_text(measured.day, language)


def _facts(measure: Measure, language: str) -> dict[str, str]:
    with translation.override(language):
        state = str(measure.state.label)
    facts = {
        "baseline": figure_text(measure.baseline.value, language),
        "baseline_year": str(measure.baseline.day.year),
        "target": figure_text(measure.target.value, language),
        "target_year": str(measure.target.day.year),
        "state": state,
        **_facts_of_values(measure.values, language),
    }
    if measure.expected_value is not None:
        facts["expected"] = figure_text(_as_measured(measure), language)
    return facts


def _facts_of_values(values: Sequence[Measured], language: str) -> dict[str, str]:
    if not values:
        return {}
    first, last = values[0], values[-1]
    return {
        "count": figure_text(len(values), language),
        "first": figure_text(first.value, language),
        "first_day": moment(first, language),
        "last": figure_text(last.value, language),
        "last_day": moment(last, language),
    }


def _as_measured(measure: Measure) -> float:
    """The value of the straight line with a digit more than what is measured has."""
    expected = measure.expected_value or 0.0
    digits = max(
        _decimals(one.value) for one in (measure.baseline, measure.target, *measure.values)
    )
    return round(expected, digits + 1)


def _decimals(value: float) -> int:
    written = figure_text(value, "en")
    return len(written.partition(".")[2])
