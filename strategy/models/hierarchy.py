"""Strategy → priority areas → goals → efforts."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from rest_framework.fields import Field
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.field_notes import Note, NotedField
from cms.content.fields import synchronised, translated, writable
from cms.content.measures import Aims
from cms.content.pages import BasePage
from strategy.blocks.body import StrategyBodyMixin
from strategy.fields import AgendaGoalsField, YearField
from strategy.models.indicators import Indicator, goal_progress
from strategy.models.relations import AreaRelation
from strategy.models.snippets import Organisation, Perspective


class StrategyPage(StrategyBodyMixin, BasePage):
    """A regional development strategy, with its period and its legal state."""

    class State(models.TextChoices):
        """The stages of a strategy between being written and being replaced."""

        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")

    short_name = models.CharField(_("short name"), max_length=64, blank=True)
    vision = models.TextField(_("vision"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    period_start = YearField(_("from year"), null=True, blank=True)
    period_end = YearField(_("to year"), null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = models.CharField(
        _("adopted by"), max_length=255, blank=True, help_text=_("For example the assembly.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    succeeds = models.ForeignKey(
        "self",
        verbose_name=_("succeeds"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The strategy before this one."),
    )
    document = models.ForeignKey(
        "content.ContentDocument",
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The strategy as a file."),
    )

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["strategy.PriorityAreaPage"]

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("short_name"),
        FieldPanel("summary"),
        FieldPanel("vision"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
                FieldPanel("state"),
                FieldRowPanel([FieldPanel("adopted_on"), FieldPanel("adopted_by")]),
                PageChooserPanel("succeeds"),
                FieldPanel("document"),
            ],
            heading=_("Period and decision"),
        ),
        InlinePanel("perspectives", heading=_("Perspectives"), label=_("perspective")),
        *StrategyBodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("short_name"),
        index.SearchField("vision"),
        index.SearchField("summary"),
        index.FilterField("state"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("short_name", "vision", "summary", "adopted_by"),
        *synchronised(
            "period_start",
            "period_end",
            "adopted_on",
            "state",
            "succeeds",
            "document",
            "perspectives",
        ),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            short_name=Note("What people call it.", "RDS 2040"),
            vision=Note("Where the strategy leads.", "A county where people want to stay."),
            summary=Note("The strategy in short.", "Four areas in which we work together."),
            period_start=Note("First year of its period.", 2026),
            period_end=Note("Last year of its period.", 2040),
            adopted_on=Note("Day of the decision, ISO 8601; null before it.", "2025-11-26"),
            adopted_by=Note("Who decided.", "The regional assembly"),
            state=Note("Where it stands between being written and being replaced.", "in_force"),
            succeeds=Note("The strategy before this one; null without one."),
            document=Note("The strategy as a file; null without one."),
            perspectives=Note("What runs through all of it, in order."),
        ),
        *StrategyBodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")

    def clean(self) -> None:
        """Refuses a period that ends before it starts, and a strategy that succeeds itself."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.period_start and self.period_end and self.period_end < self.period_start:
            errors["period_end"] = _("The period ends before it starts.")
        if self.succeeds_id and self.succeeds_id == self.pk:
            errors["succeeds"] = _("A strategy cannot succeed itself.")
        if errors:
            raise ValidationError(errors)


class StrategyPerspective(Orderable):
    """A perspective that runs through a strategy."""

    strategy = ParentalKey(StrategyPage, on_delete=models.CASCADE, related_name="perspectives")
    perspective = models.ForeignKey(
        Perspective, verbose_name=_("perspective"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [FieldPanel("perspective")]
    api_fields: ClassVar = writable(
        perspective=Note("The perspective; null where it is not published.")
    )


class PriorityAreaPage(StrategyBodyMixin, BasePage):
    """One of the few areas on which a strategy concentrates."""

    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    challenges = RichTextField(_("challenges"), blank=True, features=PARAGRAPH_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["strategy.StrategyPage"]
    subpage_types: ClassVar[list[str]] = ["strategy.GoalPage"]

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("number"),
        FieldPanel("summary"),
        FieldPanel("challenges"),
        *StrategyBodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("challenges"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("summary", "challenges"),
        *synchronised("number"),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            number=Note("Ordinal number in its strategy, from 1; null without one.", 1),
            summary=Note("The area in short.", "Homes and services in the whole county."),
            challenges=Note("What makes the area matter, as HTML."),
        ),
        *StrategyBodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("priority area")
        verbose_name_plural = _("priority areas")


class GoalPage(StrategyBodyMixin, BasePage):
    """Something that is to be true by a year, and how one sees it."""

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
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("indicator of a goal")
        verbose_name_plural = _("indicators of goals")

    @property
    def progress(self) -> float | None:
        """The progress towards the goal by this measure; see :func:`goal_progress`."""
        # Wagtail's API wants all models to be there before it can be imported.
        from cms.content.api.references.preparation import resolver_of

        relation = resolver_of(self).snippet(Indicator, self.indicator_id)
        later = [
            value
            for value in (relation["values"] if relation else ())
            if value.date.year > self.baseline_year
        ]
        latest = max(later, key=lambda value: value.date).value if later else None
        return goal_progress(self.baseline_value, self.target_value, latest)


class EffortPage(StrategyBodyMixin, BasePage):
    """Work that somebody does to reach a goal."""

    class Status(models.TextChoices):
        """The stages of the work."""

        PLANNED = "planned", _("planned")
        ONGOING = "ongoing", _("ongoing")
        COMPLETED = "completed", _("completed")
        PAUSED = "paused", _("paused")

    summary = models.TextField(_("summary"), blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.PLANNED
    )
    start_date = models.DateField(_("start"), null=True, blank=True)
    end_date = models.DateField(_("end"), null=True, blank=True)

    parent_page_types: ClassVar[list[str]] = ["strategy.GoalPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
            ],
            heading=_("Status"),
        ),
        InlinePanel("organisations", heading=_("Responsible"), label=_("organisation")),
        InlinePanel("areas", heading=_("Development areas"), label=_("development area")),
        *StrategyBodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.FilterField("status"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("summary"),
        *synchronised("status", "start_date", "end_date", "organisations", "areas"),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            summary=Note("The work in short.", "Advisers visit every school once a year."),
            status=Note("How far the work has come.", "ongoing"),
            start_date=Note("First day of the work, ISO 8601; null where open.", "2026-01-01"),
            end_date=Note("Last day of the work, ISO 8601; null where open.", "2028-12-31"),
            organisations=Note("Who is responsible, in order."),
            areas=Note("Development areas that it serves, in order."),
        ),
        *StrategyBodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("effort")
        verbose_name_plural = _("efforts")

    def clean(self) -> None:
        """Refuses an effort that ends before it starts."""
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The effort ends before it starts.")})


class EffortOrganisation(Orderable):
    """Who is responsible for an effort."""

    effort = ParentalKey(EffortPage, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [FieldPanel("organisation")]
    api_fields: ClassVar = writable(
        organisation=Note("Who is responsible; null where it is not published.")
    )


class EffortArea(AreaRelation):
    """A development area that an effort serves."""

    effort = ParentalKey(EffortPage, on_delete=models.CASCADE, related_name="areas")
