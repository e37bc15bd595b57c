"""The development areas: one abstract base, six types, each with what is its own."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content.admin.number_input import GroupedNumberInput
from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable
from cms.content.pages import BasePage, ImageMixin
from cms.content.stream_field import StreamField
from strategy.blocks import areas as area_blocks
from strategy.blocks.body import StrategyBodyMixin
from strategy.fields import YearField
from strategy.models.plans import PlanMixin


class DevelopmentAreasPage(StrategyBodyMixin, BasePage):
    """The page that leads to the areas."""

    page_icon = "grid"
    page_description = _(
        "The page that introduces the development areas and leads to each of them."
    )

    introduction = RichTextField(_("introduction"), blank=True, features=PARAGRAPH_FEATURES)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    max_count_per_parent = 1

    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        *StrategyBodyMixin.body_panels,
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("introduction"),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(introduction=Note("What the page begins with, as HTML.")),
        *StrategyBodyMixin.body_api_fields,
    ]

    class Meta:
        verbose_name = _("development areas")
        verbose_name_plural = _("development areas")


class AreaPage(ImageMixin, StrategyBodyMixin, BasePage):
    """A line of work of the region."""

    lead = models.TextField(
        _("lead"), blank=True, help_text=_("What the area is about, in two sentences.")
    )
    key_figures = StreamField(area_blocks.KEY_FIGURES, blank=True, verbose_name=_("key figures"))
    contact_name = models.CharField(_("name"), max_length=255, blank=True)
    contact_role = models.CharField(_("role"), max_length=255, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=64, blank=True)

    parent_page_types: ClassVar[list[str]] = ["strategy.DevelopmentAreasPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    lead_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        *ImageMixin.image_panels,
        *StrategyBodyMixin.body_panels,
        FieldPanel("key_figures"),
    ]
    closing_panels: ClassVar[list[Any]] = [
        InlinePanel("goals", heading=_("Goals of the strategy"), label=_("goal")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_role")]),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            ],
            heading=_("Contact"),
        ),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("key_figures"),
        *StrategyBodyMixin.body_search_fields,
    ]
    translatable_fields: ClassVar = [
        *BasePage.translatable_fields,
        *translated("lead", "key_figures", "contact_role"),
        *ImageMixin.image_translatable_fields,
        *synchronised("goals", "contact_name", "contact_email", "contact_phone"),
        *StrategyBodyMixin.body_translatable_fields,
    ]
    api_fields: ClassVar = [
        *BasePage.api_fields,
        *writable(lead=Note(example="Art and culture within reach of everybody.")),
        *ImageMixin.image_api_fields,
        *StrategyBodyMixin.body_api_fields,
        *writable(
            key_figures=Note("Figures that matter here, each with its unit and source, in order."),
            goals=Note("Goals of the strategy that the area works for, in order."),
            contact_name=Note("Who answers questions; empty without anybody.", "Anna Andersson"),
            contact_role=Note("What that person does.", "Head of culture"),
            contact_email=Note("That person's e-mail; empty without one."),
            contact_phone=Note("That person's telephone; empty without one.", "+46 920 00 00 00"),
        ),
    ]

    class Meta:
        abstract = True


class CulturePage(PlanMixin, AreaPage):
    """Art and culture within reach of those who live in the county and of visitors."""

    page_icon = "image"
    page_description = _(
        "The area of culture: the county's plan for it, and what it offers to whom."
    )

    class Audience(models.TextChoices):
        """The audiences of culture."""

        RESIDENTS = "residents", _("residents")
        VISITORS = "visitors", _("visitors")
        EVERYONE = "everyone", _("residents and visitors")

    audience = models.CharField(
        _("whom it is for"), max_length=9, choices=Audience.choices, default=Audience.EVERYONE
    )
    art_forms = StreamField(area_blocks.ART_FORMS, blank=True, verbose_name=_("art forms"))
    venues = StreamField(area_blocks.VENUES, blank=True, verbose_name=_("venues"))

    content_panels: ClassVar = [
        *AreaPage.lead_panels,
        FieldPanel("audience"),
        FieldPanel("art_forms"),
        FieldPanel("venues"),
        *PlanMixin.plan_panels,
        *AreaPage.closing_panels,
    ]
    search_fields: ClassVar = [
        *AreaPage.search_fields,
        index.SearchField("art_forms"),
        index.SearchField("venues"),
    ]
    translatable_fields: ClassVar = [
        *AreaPage.translatable_fields,
        *translated("art_forms", "venues"),
        *synchronised("audience"),
        *PlanMixin.plan_translatable_fields,
    ]
    api_fields: ClassVar = [
        *AreaPage.api_fields,
        *writable(
            audience=Note("Whom the region's culture is for."),
            art_forms=Note("Art forms that the region supports, in order."),
            venues=Note("Where culture is to be met, in order."),
        ),
        *PlanMixin.plan_api_fields,
    ]

    class Meta:
        verbose_name = _("culture")
        verbose_name_plural = _("culture")


class ClimatePage(AreaPage):
    """Climate change, the environmental question of highest priority."""

    page_icon = "globe"
    page_description = _(
        "The area of climate: how much emissions are to fall, and what is done for it."
    )

    emission_targets = StreamField(
        area_blocks.EMISSION_TARGETS, blank=True, verbose_name=_("emission targets")
    )
    adaptation_measures = StreamField(
        area_blocks.ADAPTATION_MEASURES, blank=True, verbose_name=_("adaptation measures")
    )

    content_panels: ClassVar = [
        *AreaPage.lead_panels,
        FieldPanel("emission_targets"),
        FieldPanel("adaptation_measures"),
        *AreaPage.closing_panels,
    ]
    search_fields: ClassVar = [
        *AreaPage.search_fields,
        index.SearchField("emission_targets"),
        index.SearchField("adaptation_measures"),
    ]
    translatable_fields: ClassVar = [
        *AreaPage.translatable_fields,
        *translated("emission_targets", "adaptation_measures"),
    ]
    api_fields: ClassVar = [
        *AreaPage.api_fields,
        *writable(
            emission_targets=Note("By how much emissions are to fall, by sector."),
            adaptation_measures=Note("What is done to live with a changed climate."),
        ),
    ]

    class Meta:
        verbose_name = _("climate")
        verbose_name_plural = _("climate")


class SkillsPage(AreaPage):
    """Access to skills and new knowledge."""

    page_icon = "glasses"
    page_description = _("The area of skills: which people are needed, and where one can learn.")

    needs = StreamField(area_blocks.NEEDS, blank=True, verbose_name=_("need of people"))
    providers = StreamField(
        area_blocks.PROVIDERS, blank=True, verbose_name=_("education providers")
    )
    routes = StreamField(area_blocks.ROUTES, blank=True, verbose_name=_("routes into work"))

    content_panels: ClassVar = [
        *AreaPage.lead_panels,
        FieldPanel("needs"),
        FieldPanel("providers"),
        FieldPanel("routes"),
        *AreaPage.closing_panels,
    ]
    search_fields: ClassVar = [
        *AreaPage.search_fields,
        index.SearchField("needs"),
        index.SearchField("providers"),
        index.SearchField("routes"),
    ]
    translatable_fields: ClassVar = [
        *AreaPage.translatable_fields,
        *translated("needs", "providers", "routes"),
    ]
    api_fields: ClassVar = [
        *AreaPage.api_fields,
        *writable(
            needs=Note("How many people trades need, by year."),
            providers=Note("Who educates, in order."),
            routes=Note("Ways into work, in order."),
        ),
    ]

    class Meta:
        verbose_name = _("skills")
        verbose_name_plural = _("skills")


class TransportPage(PlanMixin, AreaPage):
    """A robust infrastructure all the year round, for goods and for people."""

    page_icon = "redirect"
    page_description = _(
        "The area of transport: the county's plan for it, and the links for people and goods."
    )

    links = StreamField(area_blocks.TRANSPORT_LINKS, blank=True, verbose_name=_("links"))

    content_panels: ClassVar = [
        *AreaPage.lead_panels,
        FieldPanel("links"),
        *PlanMixin.plan_panels,
        *AreaPage.closing_panels,
    ]
    search_fields: ClassVar = [*AreaPage.search_fields, index.SearchField("links")]
    translatable_fields: ClassVar = [
        *AreaPage.translatable_fields,
        *translated("links"),
        *PlanMixin.plan_translatable_fields,
    ]
    api_fields: ClassVar = [
        *AreaPage.api_fields,
        *writable(links=Note("Roads, lines and services between places, in order.")),
        *PlanMixin.plan_api_fields,
    ]

    class Meta:
        verbose_name = _("transport")
        verbose_name_plural = _("transport")


class IndustryPage(AreaPage):
    """The great industrial establishments and the people that they need."""

    page_icon = "cogs"
    page_description = _(
        "The area of industrial establishments: which there are, and how many people they need."
    )

    establishments = StreamField(
        area_blocks.ESTABLISHMENTS, blank=True, verbose_name=_("establishments")
    )
    people_needed = models.PositiveIntegerField(_("people needed"), null=True, blank=True)
    people_needed_by = YearField(_("by year"), null=True, blank=True)
    people_needed_source = models.CharField(_("source"), max_length=255, blank=True)
    people_needed_source_url = models.URLField(_("address of the source"), blank=True)

    content_panels: ClassVar = [
        *AreaPage.lead_panels,
        FieldPanel("establishments"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("people_needed", widget=GroupedNumberInput),
                        FieldPanel("people_needed_by"),
                    ]
                ),
                FieldPanel("people_needed_source"),
                FieldPanel("people_needed_source_url"),
            ],
            heading=_("People needed"),
        ),
        *AreaPage.closing_panels,
    ]
    search_fields: ClassVar = [*AreaPage.search_fields, index.SearchField("establishments")]
    translatable_fields: ClassVar = [
        *AreaPage.translatable_fields,
        *translated("establishments", "people_needed_source"),
        *synchronised("people_needed", "people_needed_by", "people_needed_source_url"),
    ]
    api_fields: ClassVar = [
        *AreaPage.api_fields,
        *writable(
            establishments=Note("Great industrial establishments, in order."),
            people_needed=Note("Number of people that they need altogether.", 20000),
            people_needed_by=Note("Year by which the people are needed.", 2035),
            people_needed_source=Note("Who has counted.", "The Swedish Public Employment Service"),
            people_needed_source_url=Note("Where the number stands; empty without an address."),
        ),
    ]

    class Meta:
        verbose_name = _("industrial establishments")
        verbose_name_plural = _("industrial establishments")


class YouthPage(AreaPage):
    """The conditions for more young people to build their future here."""

    page_icon = "user"
    page_description = _("The area of young people: a question to them, and what they answer.")

    question = models.TextField(_("question"), blank=True)
    voices = StreamField(area_blocks.VOICES, blank=True, verbose_name=_("voices"))
    offers = StreamField(area_blocks.OFFERS, blank=True, verbose_name=_("offers to young people"))

    content_panels: ClassVar = [
        *AreaPage.lead_panels,
        FieldPanel("question"),
        FieldPanel("voices"),
        FieldPanel("offers"),
        *AreaPage.closing_panels,
    ]
    search_fields: ClassVar = [
        *AreaPage.search_fields,
        index.SearchField("question"),
        index.SearchField("voices"),
        index.SearchField("offers"),
    ]
    translatable_fields: ClassVar = [
        *AreaPage.translatable_fields,
        *translated("question", "voices", "offers"),
    ]
    api_fields: ClassVar = [
        *AreaPage.api_fields,
        *writable(
            question=Note("What young people were asked.", "What would make you stay?"),
            voices=Note("What they answered, in order."),
            offers=Note("What the region and its partners offer them, in order."),
        ),
    ]

    class Meta:
        verbose_name = _("young people")
        verbose_name_plural = _("young people")
