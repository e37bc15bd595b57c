"""The region's description of its open data: what no program can know, typed in by a person."""

from typing import Any, ClassVar, Final

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Site

from cms.common.site_description import site_description

PUBLISHER_TYPES: Final = "http://purl.org/adms/publishertype/"


@register_setting(icon="site")
class OpenData(BaseGenericSetting):
    """The publisher, the licence, and the contact.

    Without what is required there is no record: a data portal would refuse it, or show others'
    work as nobody's.

    Attributes:
        publisher_address: address that stands for the publisher, in this catalogue as in others.
        licence: address of the licence of the content. That of the catalogue itself is CC0 in
            Sweden, always.
        area: address of the area that the data is about, such as one of Geonames'.
    """

    class PublisherType(models.TextChoices):
        """The kinds of publisher in the vocabulary of ADMS."""

        REGION = f"{PUBLISHER_TYPES}RegionalAuthority", _("regional authority")
        MUNICIPALITY = f"{PUBLISHER_TYPES}LocalAuthority", _("local authority")
        STATE = f"{PUBLISHER_TYPES}NationalAuthority", _("national authority")
        ASSOCIATION = f"{PUBLISHER_TYPES}NonProfitOrganisation", _("non-profit organisation")
        COMPANY = f"{PUBLISHER_TYPES}Company", _("company")

    class Licence(models.TextChoices):
        """Licences that are open, as Sweden's data portal writes their addresses."""

        CC0 = "http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"
        BY = "http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"
        BY_SA = "http://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"

    publisher_name = models.CharField(_("publisher"), max_length=255, blank=True)
    publisher_type = models.CharField(
        _("kind of publisher"), max_length=100, choices=PublisherType, default=PublisherType.REGION
    )
    publisher_address = models.URLField(
        _("address of the publisher"),
        blank=True,
        help_text=_("The publisher's own site. It stands for the publisher everywhere."),
    )
    publisher_number = models.CharField(
        _("organisation number"), max_length=20, blank=True, help_text=_("May be left empty.")
    )
    contact_name = models.CharField(
        _("whom to ask"), max_length=255, blank=True, help_text=_("A function, not a person.")
    )
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    licence = models.CharField(
        _("licence of the content"),
        max_length=200,
        blank=True,
        choices=Licence,
        help_text=_("The catalogue itself is CC0: Sweden's data portal demands it."),
    )
    title_sv = models.CharField(_("title in Swedish"), max_length=255, blank=True)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    area = models.URLField(
        _("area"),
        blank=True,
        help_text=_("An address that stands for the area, such as http://sws.geonames.org/2661886"),
    )
    issued_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    REQUIRED: ClassVar = (
        "publisher_name",
        "publisher_address",
        "contact_name",
        "contact_email",
        "licence",
        "title_sv",
        "title_en",
        "description_sv",
        "description_en",
    )

    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("publisher_name"), FieldPanel("publisher_type")]),
                FieldRowPanel([FieldPanel("publisher_address"), FieldPanel("publisher_number")]),
                FieldRowPanel([FieldPanel("contact_name"), FieldPanel("contact_email")]),
            ],
            heading=_("Publisher"),
        ),
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("area")], heading=_("Data")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("title_sv"), FieldPanel("title_en")]),
                FieldRowPanel([FieldPanel("description_sv"), FieldPanel("description_en")]),
            ],
            heading=_("Catalogue"),
        ),
    ]

    class Meta:
        verbose_name = _("Open data")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def titles(self) -> dict[str, str]:
        """The title of the catalogue in each language: what is filled in, else the site's name."""
        titles = {"sv": self.title_sv, "en": self.title_en}
        return {code: title or _name_of_site(code) for code, title in titles.items()}

    def missing(self) -> list[str]:
        """The required fields that are empty, by what the form calls them."""
        titles = {f"title_{code}": title for code, title in self.titles().items()}
        empty: list[Any] = [
            self._meta.get_field(name)
            for name in self.REQUIRED
            if not titles.get(name, getattr(self, name)).strip()
        ]
        return [capfirst(str(field.verbose_name)) for field in empty]


def _name_of_site(code: str) -> str:
    """The published name of the default site in a language; empty where it is in another."""
    start_pages = Site.objects.filter(is_default_site=True)
    for key in start_pages.values_list("root_page__translation_key", flat=True):
        description = site_description(key, code)
        if description and description["languages"].get("/name", description["language"]) == code:
            return str(description["name"])
    return ""
