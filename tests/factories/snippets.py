"""Facts that several pages share."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from home.models import SiteSettings
from strategy.models import Indicator, Municipality, Organisation, Perspective, Programme
from strategy.models.indicators import IndicatorValue
from tests.factories.identity import key
from tests.factories.media import ImageFactory


class SnippetFactory(DjangoModelFactory):
    """A published snippet in Swedish, unless told otherwise."""

    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="sv"))
    translation_key = factory.LazyAttribute(lambda snippet: key(f"snippet {snippet.name}"))

    class Meta:
        abstract = True


class MunicipalityFactory(SnippetFactory):
    name = "Luleå"
    code = "2580"

    class Meta:
        model = Municipality


class ProgrammeFactory(SnippetFactory):
    name = "Hållbara platser"
    funder = "Regionen"
    website = "https://example.org/programme"
    logo = factory.SubFactory(ImageFactory, title="Märke", file__filename="marke.png")

    class Meta:
        model = Programme


class PerspectiveFactory(SnippetFactory):
    name = "Jämställdhet"
    description = "Lika villkor för alla."

    class Meta:
        model = Perspective


class OrganisationFactory(SnippetFactory):
    name = "Kulturhuset"
    website = "https://example.org/house"

    class Meta:
        model = Organisation


class SiteSettingsFactory(SnippetFactory):
    """The settings of the site with a start page, ``start_page``; every text in use."""

    name = "Regionens sida"
    tagline = "Vart vi vill, och hur vi kommer dit"
    footer = "<p>Sidfot om <b>webbplatsen</b>.</p>"
    contact = "<p>Skriv till oss.</p>"
    accessibility_address = "https://example.org/accessibility"
    social_image = factory.SubFactory(ImageFactory, title="Delad", file__filename="delad.png")
    social_image_alt_text = "En älv"

    class Meta:
        model = SiteSettings


class IndicatorFactory(SnippetFactory):
    """Values of 70, 71 and 73 at the ends of three years."""

    name = "Sysselsättning"
    unit = "procent"
    better = "lower"
    source = "Exempel"
    source_url = "https://example.org/indicator"

    class Meta:
        model = Indicator

    @classmethod
    def _create(cls, model_class: type[Indicator], *args: Any, **kwargs: Any) -> Indicator:
        indicator = model_class(**kwargs)
        indicator.values.add(
            *(
                IndicatorValue(date=dt.date(year, 12, 31), value=value)
                for year, value in ((2019, 70.0), (2021, 71.0), (2023, 73.0))
            )
        )
        indicator.save()
        return indicator
