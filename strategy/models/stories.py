"""The stories of what support has led to."""

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
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.content.admin.number_input import GroupedNumberInput
from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.pages import BasePage, ImageMixin
from cms.content.stream_field import StreamField
from strategy.blocks.body import StrategyBodyMixin
from strategy.blocks.stories import PEOPLE, VIDEO
from strategy.fields import YearField
from strategy.models.relations import AREA_TYPES
from strategy.models.snippets import Municipality, Organisation, Programme


class StoriesPage(BasePage):
    """The series of stories."""

    page_icon = "list-ul"
    page_description = _("The list of all stories, which readers filter by place, year and area.")

    introduction = RichTextField(_("introduction"), blank=True, features=PARAGRAPH_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["strategy.StoryPage"]
    max_count_per_parent = 1
    child_ordering: ClassVar = (
        models.F("storypage__year").desc(nulls_last=True),
        models.F("first_published_at").desc(nulls_last=True),
        "path",
    )

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("introduction")]
    translatable_fields: ClassVar = [*BasePage.translatable_fields, *translated("introduction")]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(introduction=Note("What the series is about, as HTML.")),
    ]

    class Meta:
        verbose_name = _("stories")
        verbose_name_plural = _("stories")


class StoryPage(ImageMixin, StrategyBodyMixin, BasePage):
    """A company or a project that had support, told by its people."""

    page_icon = "openquote"
    page_description = _(
        "A company or a project that had support: the sum, the year, the people, and what "
        "came of it."
    )

    class Kind(models.TextChoices):
        """The recipients of support."""

        COMPANY = "company", _("company")
        PROJECT = "project", _("project")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.PROJECT)
    lead = models.TextField(_("lead"), blank=True)
    recipient = models.ForeignKey(
        Organisation,
        verbose_name=_("recipient"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    amount_sek = models.PositiveBigIntegerField(
        _("amount in SEK"), null=True, blank=True, help_text=_("Whole Swedish kronor.")
    )
    year = YearField(_("year"), null=True, blank=True, help_text=_("When the support was decided."))
    people = StreamField(PEOPLE, blank=True, verbose_name=_("people"))
    video = StreamField(VIDEO, blank=True, max_num=1, verbose_name=_("video"))

    parent_page_types: ClassVar[list[str]] = ["strategy.StoriesPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("lead"),
        *ImageMixin.image_panels,
        MultiFieldPanel(
            [
                FieldPanel("recipient"),
                FieldPanel("programme"),
                FieldRowPanel(
                    [FieldPanel("amount_sek", widget=GroupedNumberInput), FieldPanel("year")]
                ),
                FieldPanel("municipality"),
            ],
            heading=_("Support"),
        ),
        FieldPanel("people"),
        FieldPanel("video"),
        *StrategyBodyMixin.body_panels,
        InlinePanel(
            "related_pages",
            heading=_("Related areas and goals"),
            label=_("page"),
        ),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("people"),
        index.FilterField("kind"),
        index.FilterField("year"),
        index.FilterField("municipality"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("lead", "people", "video"),
        *ImageMixin.image_translatable_fields,
        *synchronised(
            "kind",
            "recipient",
            "programme",
            "municipality",
            "amount_sek",
            "year",
            "related_pages",
        ),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(
            kind=Note("Who had the support: a company or a project."),
            lead=Note("What the story tells, in short.", "A bakery that feeds a whole valley."),
        ),
        *ImageMixin.image_api_fields,
        *writable(
            recipient=Note("Who received the support; null where nobody is named."),
            programme=Note("Where the money comes from; null where it is not told."),
            municipality=Note("Where it takes place; null where it is not told."),
            amount_sek=Note("The support in whole Swedish kronor.", 450000),
            year=Note("Year in which the support was decided.", 2025),
            people=Note("Those who tell the story, in order."),
            video=Note("The film about it: one block at most."),
        ),
        *StrategyBodyMixin.body_api_fields,
        *writable(
            related_pages=Note("Development areas and goals that the story belongs to, in order.")
        ),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")


class StoryRelatedPage(Orderable):
    """A development area or a goal that a story belongs to."""

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="related_pages")
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar = [PageChooserPanel("page", [*AREA_TYPES, "strategy.GoalPage"])]
    api_fields: ClassVar = writable(
        page=Note("The development area or goal; null where it is not published.")
    )
