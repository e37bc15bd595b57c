"""A small site with a page of every type, every field in use, and translations of each kind."""

from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from wagtail.models import Page, Site

from cms.delivery.tracking.transaction import tracked
from home.models import ContentPage, HomePage, SiteSettings
from strategy import models as strategy
from tests.factories import pages as factories
from tests.factories.blocks import Targets
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.snippets import (
    IndicatorFactory,
    MunicipalityFactory,
    OrganisationFactory,
    PerspectiveFactory,
    ProgrammeFactory,
    SiteSettingsFactory,
)
from tests.factories.translations import (
    make_alias,
    marked,
    only,
    say_names_same,
    translate,
)
from tests.factories.whole import fill

PAGE_TYPES: list[type[Page]] = [
    HomePage,
    ContentPage,
    strategy.StrategyPage,
    strategy.PriorityAreaPage,
    strategy.GoalPage,
    strategy.EffortPage,
    strategy.DevelopmentAreasPage,
    strategy.CulturePage,
    strategy.ClimatePage,
    strategy.SkillsPage,
    strategy.TransportPage,
    strategy.IndustryPage,
    strategy.YouthPage,
    strategy.StoriesPage,
    strategy.StoryPage,
]
SNIPPET_TYPES: list[type[Any]] = [
    strategy.Municipality,
    strategy.Programme,
    strategy.Perspective,
    strategy.Organisation,
    strategy.Indicator,
    SiteSettings,
]
HOST = "testserver"


@dataclass
class ExampleSite:
    """A site in Swedish.

    Attributes:
        pages: one page of each type, in Swedish.
        targets: what the pages point to; the first of each kind is among ``pages``.
        translations: translated pages and aliases, by page type and language.
    """

    pages: dict[type[Any], Any]
    targets: Targets
    translations: dict[tuple[type[Any], str], Any] = field(default_factory=dict)

    @property
    def home(self) -> Any:
        """The Swedish start page."""
        return self.pages[HomePage]


def start_site() -> Any:
    """An empty site: its Swedish start page, in place of what Wagtail's migrations bring."""
    Site.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        page.delete()
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.create(hostname=HOST, port=80, root_page=home, is_default_site=True)
    cache.clear()
    return home


def plant_pages(home: Any) -> dict[type[Any], Any]:
    """One page of every type, with a title alone."""
    made = {HomePage: home}

    def plant(factory: Any, parent: type[Any], title: str, slug: str) -> None:
        page = factory(parent=made[parent], title=title, slug=slug)
        made[type(page)] = page

    plant(factories.ContentPageFactory, HomePage, "Om webbplatsen", "om")
    plant(factories.StrategyPageFactory, HomePage, "Strategi 2040", "strategi")
    plant(factories.PriorityAreaPageFactory, strategy.StrategyPage, "Livskvalitet", "liv")
    plant(factories.GoalPageFactory, strategy.PriorityAreaPage, "Fler i arbete", "arbete")
    plant(factories.EffortPageFactory, strategy.GoalPage, "Kurser", "kurser")
    plant(factories.DevelopmentAreasPageFactory, HomePage, "Utvecklingsområden", "utveckling")
    areas = strategy.DevelopmentAreasPage
    plant(factories.CulturePageFactory, areas, "Kultur", "kultur")
    plant(factories.ClimatePageFactory, areas, "Klimat", "klimat")
    plant(factories.SkillsPageFactory, areas, "Kompetens", "kompetens")
    plant(factories.TransportPageFactory, areas, "Transporter", "transporter")
    plant(factories.IndustryPageFactory, areas, "Industri", "industri")
    plant(factories.YouthPageFactory, areas, "Unga", "unga")
    plant(factories.StoriesPageFactory, HomePage, "Berättelser", "berattelser")
    plant(factories.StoryPageFactory, strategy.StoriesPage, "Scenen", "scenen")
    return made


def make_targets(pages: dict[type[Any], Any], size: int = 1) -> Targets:
    """``size`` different targets of each kind; the first pages are those of the site."""
    area_parent = pages[strategy.PriorityAreaPage]
    return Targets(
        goals=[
            pages[strategy.GoalPage],
            *(
                factories.GoalPageFactory(
                    parent=area_parent, title=f"Mål {number}", slug=f"mal-{number}"
                )
                for number in range(1, size)
            ),
        ],
        areas=[
            pages[strategy.CulturePage],
            *(
                factories.ClimatePageFactory(
                    parent=pages[strategy.DevelopmentAreasPage],
                    title=f"Område {number}",
                    slug=f"omrade-{number}",
                )
                for number in range(1, size)
            ),
        ],
        strategies=[
            factories.StrategyPageFactory(parent=pages[HomePage], title="RUS 2030", slug="rus-2030")
        ],
        images=[
            ImageFactory(
                title=f"Bild {number}",
                file__filename=f"bild-{number}.png",
                focal_point_x=16,
                focal_point_y=10,
                focal_point_width=4,
                focal_point_height=4,
            )
            for number in range(size)
        ],
        documents=[
            DocumentFactory(title=f"Handling {number}", file__filename=f"handling-{number}.pdf")
            for number in range(size)
        ],
        municipalities=[
            MunicipalityFactory(name=f"Kommun {number}", code=f"{2500 + number}")
            for number in range(size)
        ],
        programmes=[
            ProgrammeFactory(name=f"Program {number}", logo__file__filename=f"marke-{number}.png")
            for number in range(size)
        ],
        perspectives=[PerspectiveFactory(name=f"Perspektiv {number}") for number in range(size)],
        organisations=[
            OrganisationFactory(name=f"Organisation {number}") for number in range(size)
        ],
        indicators=[IndicatorFactory(name=f"Indikator {number}") for number in range(size)],
    )


@tracked
def build_site(size: int = 1) -> ExampleSite:
    """Every page type with every field in use, in Swedish alone."""
    pages = plant_pages(start_site())
    targets = make_targets(pages, size)
    site = ExampleSite({kind: fill(page, targets, size) for kind, page in pages.items()}, targets)
    SiteSettingsFactory(
        start_page=Page.objects.get(pk=site.home.pk),
        accessibility_statement=Page.objects.get(pk=site.pages[ContentPage].pk),
    )
    return site


@tracked
def build_translated_site() -> ExampleSite:
    """With English whole, Finnish in parts, and an alias in Lule Sámi."""
    site = build_site()
    for snippets in (
        site.targets.municipalities,
        site.targets.programmes,
        site.targets.perspectives,
        site.targets.organisations,
        site.targets.indicators,
    ):
        translate(snippets[0], "en")
    translate(SiteSettings.objects.get(), "en")
    for kind, page in site.pages.items():
        site.translations[kind, "en"] = translate(page, "en")
    site.translations[HomePage, "fi"] = translate(site.home, "fi")
    site.translations[ContentPage, "fi"] = translate(
        site.pages[ContentPage], "fi", only(marked("fi"), "title", "slug", "introduction")
    )
    site.translations[HomePage, "smj"] = translate(
        site.home, "smj", only(marked("smj"), "title", "slug", "vision")
    )
    site.translations[ContentPage, "smj"] = make_alias(site.pages[ContentPage], "smj")
    say_names_same(site.translations.values(), "en")
    return site
