"""Pages with what is necessary and nothing else; ``tests.factories.whole`` fills them."""

import datetime as dt
from typing import Any

import factory
import wagtail_factories
from wagtail.models import Locale

from home.models import ContentPage, HomePage
from strategy import models as strategy
from tests.factories.identity import key

PUBLISHED_AT = dt.datetime(2024, 5, 17, 9, 0, tzinfo=dt.UTC)


class PageFactory(wagtail_factories.PageFactory):
    """A live page in the language of its parent."""

    title = "Sida"
    first_published_at = PUBLISHED_AT
    locale = factory.LazyAttribute(lambda page: Locale.objects.get(language_code="sv"))

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Any, kwargs: dict[str, Any]) -> Any:
        if parent is not None and not parent.is_root():
            kwargs["locale"] = parent.locale
        language = kwargs["locale"].language_code
        place = f"{parent.url_path if parent else '/'}{kwargs['slug']}"
        kwargs.setdefault("translation_key", key(f"page {language} {place}"))
        return super()._create_instance(model_class, parent, kwargs)


class HomePageFactory(PageFactory):
    title = "Norrbotten"
    slug = "norrbotten"

    class Meta:
        model = HomePage


class ContentPageFactory(PageFactory):
    class Meta:
        model = ContentPage


class StrategyPageFactory(PageFactory):
    class Meta:
        model = strategy.StrategyPage


class PriorityAreaPageFactory(PageFactory):
    class Meta:
        model = strategy.PriorityAreaPage


class GoalPageFactory(PageFactory):
    class Meta:
        model = strategy.GoalPage


class EffortPageFactory(PageFactory):
    class Meta:
        model = strategy.EffortPage


class DevelopmentAreasPageFactory(PageFactory):
    class Meta:
        model = strategy.DevelopmentAreasPage


class CulturePageFactory(PageFactory):
    class Meta:
        model = strategy.CulturePage


class ClimatePageFactory(PageFactory):
    class Meta:
        model = strategy.ClimatePage


class SkillsPageFactory(PageFactory):
    class Meta:
        model = strategy.SkillsPage


class TransportPageFactory(PageFactory):
    class Meta:
        model = strategy.TransportPage


class IndustryPageFactory(PageFactory):
    class Meta:
        model = strategy.IndustryPage


class YouthPageFactory(PageFactory):
    class Meta:
        model = strategy.YouthPage


class StoriesPageFactory(PageFactory):
    class Meta:
        model = strategy.StoriesPage


class StoryPageFactory(PageFactory):
    class Meta:
        model = strategy.StoryPage
