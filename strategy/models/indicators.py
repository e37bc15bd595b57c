"""Values measured over time, and how far they have come towards a goal."""

from datetime import date
from math import isclose
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.measures import Measures
from strategy.indicator_values import ValuesPanel
from strategy.models.snippets import SharedFact, named


class Better(models.TextChoices):
    """The directions in which an indicator should move."""

    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")


class State(models.TextChoices):
    """The states of an indicator on its way to a goal's target."""

    ON_TRACK = "on_track", _("on track")
    BEHIND = "behind", _("behind")
    REACHED = "reached", _("reached")
    NO_DATA = "no_data", _("no data")


class Indicator(SharedFact):
    """A measure with its unit, its source and its dated values."""

    unit = models.CharField(
        _("unit"), max_length=64, blank=True, help_text=_("For example per cent, or people.")
    )
    better = models.CharField(
        _("what is better"), max_length=6, choices=Better.choices, default=Better.HIGHER
    )
    source = models.CharField(_("source"), max_length=255, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    relation_fields = ("unit", "better", "source", "source_url", "values")
    measures: ClassVar = Measures()

    panels: ClassVar = [
        *SharedFact.panels,
        FieldRowPanel([FieldPanel("unit"), FieldPanel("better")]),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], heading=_("Source")),
        ValuesPanel("values", heading=_("Values"), label=_("value")),
    ]
    translatable_fields: ClassVar = [
        *SharedFact.translatable_fields,
        *translated("unit", "source"),
        *synchronised("better", "source_url", "values"),
    ]
    api_fields: ClassVar = [
        *named("People in work, 20–64 years"),
        *writable(
            unit=Note("Unit of all values, for example per cent, or people.", "per cent"),
            better=Note("Whether a higher or a lower value is better."),
            source=Note("Who measures.", "Statistics Sweden"),
            source_url=Note("Where the values come from; empty without an address."),
            values=Note("What was measured, oldest first."),
        ),
    ]

    class Meta(SharedFact.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")


class IndicatorValue(models.Model):
    """What was measured on a day."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="values")
    date = models.DateField(
        _("date"), help_text=_("The day that the value describes; the last day of a year.")
    )
    value = models.FloatField(_("value"))

    panels: ClassVar = [FieldRowPanel([FieldPanel("date"), FieldPanel("value")])]
    api_fields: ClassVar = writable(
        date=Note(example="2026-12-31"),
        value=Note("What was measured, in the indicator's unit.", 71.4),
    )

    class Meta:
        ordering = ("date",)
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "date"], name="one_value_per_indicator_and_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date.isoformat()}: {self.value:g}"


def goal_progress(baseline: float, target: float, latest: float | None) -> float | None:
    """The share of the way from the baseline (0) to the target (1) at the latest value.

    Negative when it moved the wrong way, above 1 when the target is passed; ``None`` when
    nothing was measured or the target equals the baseline. Works for indicators of which
    less is better, since baseline and target carry the direction.
    """
    if latest is None or target == baseline:
        return None
    return (latest - baseline) / (target - baseline)


def expected_progress(baseline_year: int, target_year: int, day: date) -> float:
    """The share of the way at which the straight line stands on a day; 1 after the target's year.

    It leads from the last day of the baseline's year, 0, to the last day of the target's, 1.
    """
    start, end = date(baseline_year, 12, 31), date(target_year, 12, 31)
    days = (end - start).days
    return min(1.0, (day - start).days / days) if days > 0 else 1.0


def goal_state(
    baseline: float,
    baseline_year: int,
    target: float,
    target_year: int,
    latest: float | None,
    day: date | None,
    better: str = Better.HIGHER,
) -> State:
    """The state at the day of the latest value: it does not change as time goes by.

    The value is compared with the straight line from the baseline, on the last day of its year, to
    the target on the last day of its own. Where the target equals the baseline the level is to be
    kept, and ``better`` tells on which side of it one may be.
    """
    if latest is None or day is None:
        return State.NO_DATA
    progress = goal_progress(baseline, target, latest)
    if progress is None:
        is_kept = latest <= target if better == Better.LOWER else latest >= target
        return State.REACHED if is_kept else State.BEHIND
    if _at_least(progress, 1):
        return State.REACHED
    expected = expected_progress(baseline_year, target_year, day)
    return State.ON_TRACK if _at_least(progress, expected) else State.BEHIND


def _at_least(share: float, expected: float) -> bool:
    """Compares shares that were computed: 0.1 + 0.2 is 0.3."""
    return share >= expected or isclose(share, expected, rel_tol=1e-9, abs_tol=1e-9)
