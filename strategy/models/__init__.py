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
from strategy.models.hierarchy import EffortPage, GoalPage, PriorityAreaPage, StrategyPage
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
