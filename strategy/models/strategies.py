"""Strategies and their priority areas: strategy → priority areas → goals → efforts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
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
from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.pages import BasePage
from strategy.blocks.body import StrategyBodyMixin
from strategy.fields import YearField
from strategy.models.snippets import Perspective


class StrategyPage(StrategyBodyMixin, BasePage):
    """A regional development strategy, with its period and its legal state."""

    page_icon = "clipboard-list"
    page_description = _(
        "A strategy with its period and its legal state. Its priority areas, goals and "
        "efforts stand below it."
    )

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

    page_icon = "folder-open-inverse"
    page_description = _(
        "One of the few areas on which a strategy concentrates. Its goals stand below it."
    )

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
