"""Facts that several pages share."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin
from wagtail.search import index

from cms.content.drafts import without_name
from cms.content.field_notes import Note
from cms.content.fields import synchronised, translated, writable


def named(example: str) -> list[APIField]:
    """The name of a snippet as the API has it, with one for the reader of the schema."""
    return writable(name=Note("Its name, in the language of the document.", example))


class SharedFact(
    DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, ClusterableModel
):
    """The base of every snippet: a name in each language, drafts, and a history.

    ``relation_fields`` names what a page shows of a snippet beyond its name; the API adds
    these to the relation.
    """

    name = models.CharField(_("name"), max_length=255)

    relation_title_field: ClassVar[str] = "name"
    relation_fields: ClassVar[tuple[str, ...]] = ()

    panels: ClassVar[list[Any]] = [FieldPanel("name")]
    translatable_fields: ClassVar[list[Any]] = translated("name")
    api_fields: ClassVar[list[Any]] = named("Example")
    search_fields: ClassVar[list[Any]] = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
        # By it a search is kept to what somebody may see.
        index.FilterField("id"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ("name",)

    def __str__(self) -> str:
        return str(self.name) or without_name(self)


class Municipality(SharedFact):
    """One of the county's municipalities."""

    code = models.CharField(
        _("code"),
        max_length=4,
        validators=[RegexValidator(r"^[0-9]{4}\Z", _("Four digits, such as 2580."))],
        help_text=_("The municipality code of Statistics Sweden, four digits."),
    )

    relation_fields = ("code",)

    panels: ClassVar = [*SharedFact.panels, FieldPanel("code")]
    translatable_fields: ClassVar = [*SharedFact.translatable_fields, *synchronised("code")]
    api_fields: ClassVar = [*named("Kiruna"), *writable(code=Note(example="2584"))]
    search_fields: ClassVar = [*SharedFact.search_fields, index.SearchField("code")]

    class Meta(SharedFact.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class Programme(SharedFact):
    """Where the money of a story comes from."""

    funder = models.CharField(_("funder"), max_length=255, blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "content.ContentImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside the name, so it needs no text of its own."),
    )

    relation_fields = ("funder", "website", "logo")

    panels: ClassVar = [
        *SharedFact.panels,
        FieldPanel("funder"),
        FieldPanel("website"),
        FieldPanel("logo"),
    ]
    translatable_fields: ClassVar = [
        *SharedFact.translatable_fields,
        *translated("funder"),
        *synchronised("website", "logo"),
    ]
    api_fields: ClassVar = [
        *named("Interreg Aurora"),
        *writable(
            funder=Note("Who pays.", "The European Union"),
            website=Note("Address of the programme; empty without one."),
            logo=Note("The programme's mark, shown beside its name; null without one."),
        ),
    ]

    class Meta(SharedFact.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")


class Perspective(SharedFact):
    """What runs through everything: sustainability, gender equality, diversity."""

    description = models.TextField(_("description"), blank=True)

    relation_fields = ("description",)

    panels: ClassVar = [*SharedFact.panels, FieldPanel("description")]
    translatable_fields: ClassVar = [*SharedFact.translatable_fields, *translated("description")]
    api_fields: ClassVar = [
        *named("Gender equality"),
        *writable(
            description=Note("What the perspective asks for.", "Women and men have equal power.")
        ),
    ]

    class Meta(SharedFact.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")


class Organisation(SharedFact):
    """Who does something: an authority, a company, an association, a school."""

    website = models.URLField(_("website"), blank=True)

    relation_fields = ("website",)

    panels: ClassVar = [*SharedFact.panels, FieldPanel("website")]
    translatable_fields: ClassVar = [*SharedFact.translatable_fields, *synchronised("website")]
    api_fields: ClassVar = [
        *named("Example Region"),
        *writable(website=Note("Address of the organisation; empty without one.")),
    ]

    class Meta(SharedFact.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
