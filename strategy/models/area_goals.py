"""The goals that each development area works for."""

from django.db import models
from modelcluster.fields import ParentalKey

from strategy.models.areas import (
    ClimatePage,
    CulturePage,
    IndustryPage,
    SkillsPage,
    TransportPage,
    YouthPage,
)
from strategy.models.relations import GoalRelation


class CultureGoal(GoalRelation):
    """A goal that culture works for."""

    area = ParentalKey(CulturePage, on_delete=models.CASCADE, related_name="goals")


class ClimateGoal(GoalRelation):
    """A goal that climate works for."""

    area = ParentalKey(ClimatePage, on_delete=models.CASCADE, related_name="goals")


class SkillsGoal(GoalRelation):
    """A goal that skills work for."""

    area = ParentalKey(SkillsPage, on_delete=models.CASCADE, related_name="goals")


class TransportGoal(GoalRelation):
    """A goal that transport works for."""

    area = ParentalKey(TransportPage, on_delete=models.CASCADE, related_name="goals")


class IndustryGoal(GoalRelation):
    """A goal that industrial establishments work for."""

    area = ParentalKey(IndustryPage, on_delete=models.CASCADE, related_name="goals")


class YouthGoal(GoalRelation):
    """A goal that the work with young people works for."""

    area = ParentalKey(YouthPage, on_delete=models.CASCADE, related_name="goals")
