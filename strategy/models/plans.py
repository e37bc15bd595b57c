"""Plans that an area has for a period of years."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from strategy.fields import YearField


class PlanMixin(models.Model):
    """For an area that has a plan for a period of years, with its file."""

    plan_title = models.CharField(_("title of the plan"), max_length=255, blank=True)
    plan_start = YearField(_("from year"), null=True, blank=True)
    plan_end = YearField(_("to year"), null=True, blank=True)
    plan_document = models.ForeignKey(
        "content.ContentDocument",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    plan_translatable_fields: ClassVar[list[Any]] = [
        *translated("plan_title"),
        *synchronised("plan_start", "plan_end", "plan_document"),
    ]
    plan_api_fields: ClassVar[list[Any]] = writable(
        plan_title=Note("Title of the plan.", "Culture plan 2026–2029"),
        plan_start=Note("First year of the plan.", 2026),
        plan_end=Note("Last year of the plan.", 2029),
        plan_document=Note("The plan as a file; null without one."),
    )
    plan_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("plan_title"),
                FieldRowPanel([FieldPanel("plan_start"), FieldPanel("plan_end")]),
                FieldPanel("plan_document"),
            ],
            heading=_("Plan"),
        )
    ]

    class Meta:
        abstract = True
