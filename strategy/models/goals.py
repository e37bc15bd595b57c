"""Goals of a priority area, and the indicators that measure them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from rest_framework.fields import Field
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
)
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.field_notes import Note, NotedField
from cms.content.fields import synchronised, translated, writable
from cms.content.measures import Aims
from cms.content.pages import BasePage
from strategy.blocks.body import StrategyBodyMixin
from strategy.fields import AgendaGoalsField, YearField
from strategy.models.indicators import Better, Indicator, State, goal_progress, goal_state


class GoalPage(StrategyBodyMixin, BasePage):
    """Something that is to be true by a year, and how one sees it."""

    page_icon = "crosshairs"
    page_description = _(
        "What is to be true by a year, with the indicators that show how far it is. Its "
        "efforts stand below it."
    )

    statement = models.TextField(
        _("statement"), blank=True, help_text=_("The goal in one sentence.")
    )
    target_year = YearField(_("target year"), null=True, blank=True)
    agenda_goals = AgendaGoalsField(
        _("goals of Agenda 2030"),
        blank=True,
        help_text=_("The global goals that this goal works for."),
    )

    aims: ClassVar = Aims()

    parent_page_types: ClassVar[list[str]] = ["strategy.PriorityAreaPage"]
    subpage_types: ClassVar[list[str]] = ["strategy.EffortPage"]

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("statement"),
        FieldPanel("target_year"),
        InlinePanel("indicators", heading=_("Indicators"), label=_("indicator")),
        FieldPanel("agenda_goals"),
        *StrategyBodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("statement"),
        index.FilterField("target_year"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("statement"),
        *synchronised("target_year", "agenda_goals", "indicators"),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            statement=Note(example="All young people finish upper secondary school."),
            target_year=Note("Year by which the goal is to be reached.", 2040),
            agenda_goals=Note("Ordinal numbers, 1–17, of the goals of Agenda 2030 it works for."),
            indicators=Note("How one sees that the goal is reached, in order."),
        ),
        *StrategyBodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")


class ProgressField(Field[Any, Any, Any, Any]):
    """Lets Wagtail's API show what is computed on read, with its type."""

    def to_representation(self, value: "GoalIndicator") -> float | None:
        """0 is the baseline, 1 the target."""
        progress = value.progress
        return None if progress is None else round(progress, 4)


class StateField(Field[Any, Any, Any, Any]):
    """Lets Wagtail's API show the state, with its values."""

    def to_representation(self, value: "GoalIndicator") -> str:
        """One of :class:`State`."""
        return str(value.state.value)


class GoalIndicator(Orderable):
    """How a goal is measured: from which value, in which year, to which."""

    goal = ParentalKey(GoalPage, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="+"
    )
    baseline_value = models.FloatField(_("baseline value"))
    baseline_year = YearField(_("baseline year"))
    target_value = models.FloatField(_("target value"))
    target_year = YearField(_("target year"))

    panels: ClassVar = [
        FieldPanel("indicator"),
        FieldRowPanel([FieldPanel("baseline_value"), FieldPanel("baseline_year")]),
        FieldRowPanel([FieldPanel("target_value"), FieldPanel("target_year")]),
    ]
    api_fields: ClassVar = [
        *writable(
            indicator=Note("What is measured; null where it is not published."),
            baseline_value=Note("Value from which is counted, in the indicator's unit.", 62.0),
            baseline_year=Note("Year of the baseline.", 2020),
            target_value=Note("Value that is to be reached, in the indicator's unit.", 80.0),
            target_year=Note("Year by which the target is to be reached.", 2030),
        ),
        NotedField(
            "progress",
            Note(
                "Share of the way from the baseline, 0, to the target, 1, that the latest "
                "value has come; negative where it moved the wrong way, above 1 past the target, "
                "null where nothing was measured since or the target equals the baseline.",
                0.5222,
            ),
            serializer=ProgressField(source="*"),
        ),
        NotedField(
            "state",
            Note(
                "The latest value, at its day, against the straight line from the baseline to the "
                "target, each on the last day of its year: `reached` at the target or past it, "
                "`on_track` on the line or better, else `behind`; `no_data` where nothing was "
                "measured after the baseline's year.",
                State.ON_TRACK.value,
                tuple(State.choices),
            ),
            serializer=StateField(source="*"),
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("indicator of a goal")
        verbose_name_plural = _("indicators of goals")

    @property
    def progress(self) -> float | None:
        """The progress towards the goal by this measure; see :func:`goal_progress`."""
        latest = self._latest
        return goal_progress(
            self.baseline_value, self.target_value, latest.value if latest else None
        )

    @property
    def state(self) -> State:
        """The state at the latest value; see :func:`goal_state`."""
        latest = self._latest
        return goal_state(
            self.baseline_value,
            self.baseline_year,
            self.target_value,
            self.target_year,
            latest.value if latest else None,
            latest.date if latest else None,
            self._relation["better"] if latest else Better.HIGHER,
        )

    @property
    def _latest(self) -> Any:
        """The latest value that was measured after the baseline's year; ``None`` without one."""
        relation = self._relation
        later = [
            value
            for value in (relation["values"] if relation else ())
            if value.date.year > self.baseline_year
        ]
        return max(later, key=lambda value: value.date) if later else None

    @property
    def _relation(self) -> Any:
        """The indicator as documents show it; ``None`` where it is not published."""
        # Wagtail's API wants all models to be there before it can be imported.
        from cms.content.api.references.preparation import resolver_of

        return resolver_of(self).snippet(Indicator, self.indicator_id)
