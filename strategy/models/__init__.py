"""Page types and snippets; each file holds one part of the model."""

from strategy.models.areas import (
    ClimatePage,
    CulturePage,
    DevelopmentAreasPage,
    IndustryPage,
    SkillsPage,
    TransportPage,
    YouthPage,
)

# In this order the types are told of wherever all are, as in the description of the API.
# isort: off
from strategy.models import area_goals  # noqa: F401 - related models of the areas
from strategy.models.strategies import PriorityAreaPage, StrategyPage
from strategy.models.goals import GoalPage
from strategy.models.efforts import EffortPage
# isort: on

from strategy.models.indicators import Indicator
from strategy.models.snippets import Municipality, Organisation, Perspective, Programme
from strategy.models.stories import StoriesPage, StoryPage

__all__ = [
    "ClimatePage",
    "CulturePage",
    "DevelopmentAreasPage",
    "EffortPage",
    "GoalPage",
    "Indicator",
    "IndustryPage",
    "Municipality",
    "Organisation",
    "Perspective",
    "PriorityAreaPage",
    "Programme",
    "SkillsPage",
    "StoriesPage",
    "StoryPage",
    "StrategyPage",
    "TransportPage",
    "YouthPage",
]
