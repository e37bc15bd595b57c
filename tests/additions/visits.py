"""A page type: a visit to which the region invites."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.pages import BasePage, BodyMixin


class VisitPage(BodyMixin, BasePage):
    """A visit to which the region invites."""

    welcome = models.TextField(_("welcome"), blank=True)
    visited_on = models.DateField(_("day of the visit"))

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("welcome"),
        FieldPanel("visited_on"),
        *BodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("welcome"),
        *BodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("welcome"),
        *synchronised("visited_on"),
        *BodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            welcome=Note("How visitors are greeted.", example="Come and see."),
            visited_on=Note("Day of the visit."),
        ),
        *BodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
