"""Efforts towards a goal: who does what, when, and for which development areas."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.pages import BasePage
from strategy.blocks.body import StrategyBodyMixin
from strategy.models.relations import AreaRelation
from strategy.models.snippets import Organisation


class EffortPage(StrategyBodyMixin, BasePage):
    """Work that somebody does to reach a goal."""

    page_icon = "tasks"
    page_description = _(
        "Work that somebody does to reach a goal: who, when, and how far it has come."
    )

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
