"""Relations to pages of certain types, as ordered children of the page that has them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page

from cms.content.field_notes import Note
from cms.content.fields import writable

AREA_TYPES = [
    "strategy.CulturePage",
    "strategy.ClimatePage",
    "strategy.SkillsPage",
    "strategy.TransportPage",
    "strategy.IndustryPage",
    "strategy.YouthPage",
]


class AreaRelation(Orderable):
    """A development area. wagtail-localize copies it as it is; the API finds the language."""

    area = models.ForeignKey(
        Page, verbose_name=_("development area"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [PageChooserPanel("area", AREA_TYPES)]
    api_fields: ClassVar = writable(
        area=Note("The development area; null where it is not published.")
    )

    class Meta(Orderable.Meta):
        abstract = True


class GoalRelation(Orderable):
    """A goal of a strategy."""

    goal = models.ForeignKey(
        "strategy.GoalPage", verbose_name=_("goal"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [PageChooserPanel("goal")]
    api_fields: ClassVar = writable(goal=Note("The goal; null where it is not published."))

    class Meta(Orderable.Meta):
        abstract = True
