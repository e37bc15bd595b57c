"""The settings of a site: its name, and what stands around every page, in each language."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, TranslatableMixin
from wagtail.search import index

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.drafts import without_name
from cms.content.field_notes import Note, NotedField
from cms.content.fields import synchronised, translated, writable


class SiteSettings(
    DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, ClusterableModel
):
    """The name of a site, and the texts that stand on each of its pages.

    There is one for each site and language. It belongs to the site whose start page, in whatever
    language, is its ``start_page``.
    """

    start_page = models.ForeignKey(
        Page, verbose_name=_("start page"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(
        _("name"), max_length=255, help_text=_("The name of the site, as everybody reads it.")
    )
    tagline = models.CharField(
        _("tagline"), max_length=255, blank=True, help_text=_("What the site is, in a few words.")
    )
    footer = RichTextField(
        _("footer"),
        blank=True,
        features=PARAGRAPH_FEATURES,
        help_text=_("Stands at the end of every page."),
    )
    contact = RichTextField(
        _("contact"),
        blank=True,
        features=PARAGRAPH_FEATURES,
        help_text=_("How to reach those who answer for the site."),
    )
    accessibility_statement = models.ForeignKey(
        Page,
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A page of this site; every page leads to it."),
    )
    accessibility_address = models.URLField(
        _("address of the accessibility statement"),
        blank=True,
        help_text=_("Where it is on another site."),
    )
    social_image = models.ForeignKey(
        "content.ContentImage",
        verbose_name=_("image for social media"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares a page that has no image of its own."),
    )
    social_image_alt_text = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the image shows, for those who do not see it."),
    )

    relation_title_field: ClassVar[str] = "name"
    relation_fields: ClassVar[tuple[str, ...]] = ("tagline",)
    describes_sites: ClassVar[bool] = True

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("tagline"),
        FieldPanel("contact"),
        FieldPanel("footer"),
        MultiFieldPanel(
            [FieldPanel("accessibility_statement"), FieldPanel("accessibility_address")],
            heading=_("Accessibility statement"),
        ),
        MultiFieldPanel(
            [FieldPanel("social_image"), FieldPanel("social_image_alt_text")],
            heading=_("Image for social media"),
        ),
    ]
    translatable_fields: ClassVar[list[Any]] = [
        *translated("name", "tagline", "footer", "contact", "social_image_alt_text"),
        *synchronised(
            "start_page", "accessibility_statement", "accessibility_address", "social_image"
        ),
    ]
    api_fields: ClassVar[list[Any]] = [
        *writable(
            name=Note("The name of the site.", "Example Region"),
            tagline=Note("What the site is, in a few words.", "Where the region wants to go"),
            footer=Note("Stands at the end of every page, as HTML."),
            contact=Note("How to reach those who answer for the site, as HTML."),
            accessibility_statement=Note("The page with the accessibility statement; else null."),
            accessibility_address=Note("Address of the statement on another site; else empty."),
            social_image=Note("Shown where somebody shares a page without an image; else null."),
            social_image_alt_text=Note(example="A river between snowy mountains."),
        ),
        NotedField("start_page", Note("The start page of the site that this belongs to.")),
    ]
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
        index.FilterField("id"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["start_page", "locale"], name="one_site_settings_per_language"
            )
        ]

    def __str__(self) -> str:
        return str(self.name) or without_name(self)
