"""A site small enough to be compared whole after each step, in which everything shows something."""

import json
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.models import PublishedDocument
from cms.delivery.tracking.transaction import tracked
from tests.factories import pages as factories
from tests.factories.blocks import rich_text
from tests.factories.identity import Blocks
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import start_site
from tests.factories.snippets import (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProgrammeFactory,
)
from tests.factories.translations import make_alias, marked, only, translate
from tests.factories.whole import set_field


@dataclass
class SmallSite:
    """Pages in Swedish by what they are called, with what they show.

    Attributes:
        home: leads to ``about`` and shows ``image``.
        goal: under ``area`` under ``strategy``; shows ``indicator`` as a row and in its body.
        about: leads to ``goal`` and ``contact`` in rich text and a list, shows ``image`` and
            ``file``; in English whole, in Lule Sámi an alias.
        contact: under ``about``; in English, and in Finnish in parts.
        story: shows ``organisation``, ``municipality``, ``image``, and ``programme`` with ``logo``.
    """

    home: Any
    strategy: Any
    area: Any
    goal: Any
    about: Any
    contact: Any
    stories: Any
    story: Any
    image: ContentImage
    logo: ContentImage
    file: ContentDocument
    indicator: Any
    municipality: Any
    organisation: Any
    programme: Any

    def version(self, name: str, language: str) -> Any:
        """A page or snippet in another language, as it is now."""
        original = getattr(self, name)
        return type(original).objects.get(
            translation_key=original.translation_key, locale__language_code=language
        )


@tracked
def build_small_site() -> SmallSite:
    """Thirteen pages and five snippets that have documents."""
    home = start_site()
    strategy = factories.StrategyPageFactory(parent=home, title="Strategi", slug="strategi")
    area = factories.PriorityAreaPageFactory(parent=strategy, title="Livskvalitet", slug="liv")
    about = factories.ContentPageFactory(parent=home, title="Om", slug="om")
    stories = factories.StoriesPageFactory(parent=home, title="Berättelser", slug="berattelser")
    programme = ProgrammeFactory(name="Program")
    site = SmallSite(
        home=home,
        strategy=strategy,
        area=area,
        goal=factories.GoalPageFactory(parent=area, title="Fler i arbete", slug="arbete"),
        about=about,
        contact=factories.ContentPageFactory(parent=about, title="Kontakt", slug="kontakt"),
        stories=stories,
        story=factories.StoryPageFactory(parent=stories, title="Scenen", slug="scenen"),
        image=ImageFactory(title="Älven", file__filename="alven.png"),
        logo=programme.logo,
        file=DocumentFactory(title="Planen", file__filename="planen.pdf"),
        indicator=IndicatorFactory(name="Sysselsättning"),
        municipality=MunicipalityFactory(name="Luleå"),
        organisation=OrganisationFactory(name="Kulturhuset"),
        programme=programme,
    )
    _fill(site)
    translate(site.municipality, "en")
    for page in (site.home, site.about, site.contact):
        translate(page, "en")
    for page in (site.home, site.about, site.contact):
        translate(page, "fi", only(marked("fi"), "title", "slug"))
    make_alias(site.about, "smj")
    return site


def _fill(site: SmallSite) -> None:
    block = Blocks("small site")
    leading = rich_text("Läs mer om målet", page=site.goal, document=site.file)
    publish(
        site.home,
        vision="Ett län för alla",
        image=site.image,
        image_alt_text="En älv",
        highlights=[{"page": site.about}],
    )
    publish(
        site.goal,
        statement="Fler har ett arbete",
        indicators=[_aim(site.indicator)],
        body=[block("indicator", {"indicator": site.indicator.pk})],
    )
    publish(
        site.about,
        introduction=leading,
        body=[
            block("paragraph", rich_text("Skriv till oss", page=site.contact)),
            block(
                "image",
                {
                    "image": {"image": site.image.pk, "alt_text": "En älv", "decorative": False},
                    "caption": "",
                },
            ),
            block(
                "page_list",
                {"title": "Se även", "pages": block.items(site.goal.pk, site.contact.pk)},
            ),
        ],
    )
    publish(site.contact, introduction=leading)
    publish(
        site.story,
        lead="En scen",
        recipient=site.organisation,
        programme=site.programme,
        municipality=site.municipality,
        image=site.image,
        image_alt_text="En scen",
        related_pages=[{"page": site.goal}],
    )
    for name in ("home", "goal", "about", "contact", "story"):
        setattr(site, name, fresh(getattr(site, name)))


def _aim(indicator: Any) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "baseline_value": 70.0,
        "baseline_year": 2019,
        "target_value": 80.0,
        "target_year": 2030,
    }


def publish(page: Any, **fields: Any) -> Any:
    """Changes a page or snippet as it is now, publishes it and returns it."""
    page = fresh(page)
    for name, value in fields.items():
        set_field(page, name, value)
    page.save_revision().publish()
    return fresh(page)


def fresh(instance: Any) -> Any:
    """A page or snippet as it is now."""
    if isinstance(instance, Page):
        return Page.objects.get(pk=instance.pk).specific
    return type(instance).objects.get(pk=instance.pk)


def document_of(instance: Any) -> dict[str, Any]:
    """The stored document of a page or snippet.

    Raises:
        PublishedDocument.DoesNotExist: it has none.
    """
    stored = PublishedDocument.objects.get(type=instance._meta.label, object_id=instance.pk)
    document: dict[str, Any] = json.loads(bytes(stored.body))
    return document


def shown_anywhere(text: str) -> list[str]:
    """The titles of documents in which a text stands."""
    return [
        stored.title
        for stored in PublishedDocument.objects.order_by("pk")
        if text in bytes(stored.body).decode()
    ]
