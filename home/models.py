"""The start page of each language, and the pages for what has no type of its own."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.pages import BasePage, BodyMixin, ImageMixin
from home.site_settings import SiteSettings

__all__ = ["ContentPage", "HomePage", "HomePageHighlight", "SiteSettings"]


class HomePage(ImageMixin, BasePage):
    """The start page of a language."""

    page_icon = "home"
    page_description = _(
        "The start page of a language: a word of welcome, the vision, and the pages that "
        "a visitor should see first."
    )

    greeting = models.CharField(
        _("greeting"),
        max_length=100,
        blank=True,
        help_text=_("A word of welcome, before all else."),
    )
    vision = models.CharField(
        _("vision"),
        max_length=255,
        blank=True,
        help_text=_("Where the county wants to go, in one sentence."),
    )
    introduction = RichTextField(_("introduction"), blank=True, features=PARAGRAPH_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("greeting"),
        FieldPanel("vision"),
        FieldPanel("introduction"),
        *ImageMixin.image_panels,
        InlinePanel(
            "highlights",
            heading=_("Highlighted pages"),
            label=_("page"),
            help_text=_("What a visitor should see first, in this order."),
        ),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("vision"),
        index.SearchField("introduction"),
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("greeting", "vision", "introduction"),
        *ImageMixin.image_translatable_fields,
        *synchronised("highlights"),
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            greeting=Note("A word of welcome.", example="Welcome"),
            vision=Note(example="A county where people want to stay."),
            introduction=Note("What the start page begins with, as HTML."),
        ),
        *ImageMixin.image_api_fields,
        *writable(highlights=Note("Pages that a visitor should see first, in this order.")),
    ]

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")


class HomePageHighlight(Orderable):
    """A page that the start page shows first."""

    home_page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="highlights")
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [PageChooserPanel("page")]
    api_fields: ClassVar = writable(page=Note("The page to show; null where it is not published."))


class ContentPage(BodyMixin, BasePage):
    """All other content: about the site, the accessibility statement."""

    page_icon = "doc-full"
    page_description = _(
        "A page for what has no type of its own: about the site, contact, the "
        "accessibility statement."
    )

    introduction = RichTextField(_("introduction"), blank=True, features=PARAGRAPH_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["home.ContentPage"]

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        *BodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        *BodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("introduction"),
        *BodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(introduction=Note("What the page begins with, as HTML.")),
        *BodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
