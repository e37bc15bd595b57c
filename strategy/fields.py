"""Model fields of the strategy."""

from typing import Annotated, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from pydantic import Field

FIRST_YEAR = 1900
LAST_YEAR = 2200

AGENDA_GOALS: list[tuple[int, Any]] = [
    (1, _("1 No poverty")),
    (2, _("2 Zero hunger")),
    (3, _("3 Good health and well-being")),
    (4, _("4 Quality education")),
    (5, _("5 Gender equality")),
    (6, _("6 Clean water and sanitation")),
    (7, _("7 Affordable and clean energy")),
    (8, _("8 Decent work and economic growth")),
    (9, _("9 Industry, innovation and infrastructure")),
    (10, _("10 Reduced inequalities")),
    (11, _("11 Sustainable cities and communities")),
    (12, _("12 Responsible consumption and production")),
    (13, _("13 Climate action")),
    (14, _("14 Life below water")),
    (15, _("15 Life on land")),
    (16, _("16 Peace, justice and strong institutions")),
    (17, _("17 Partnerships for the goals")),
]
"""The seventeen goals of Agenda 2030, by number."""


class YearField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]
    """A year between 1900 and 2200."""

    api_example = 2030

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["validators"] = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leaves the validators out: they belong to the class, not to a migration."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs


class AgendaGoalsField(models.JSONField):
    """Numbers of goals of Agenda 2030, ascending and without doubles: ``[4, 8]``."""

    api_type = list[Annotated[int, Field(ge=1, le=17)]]
    api_example = (4, 8)
    item_choices = AGENDA_GOALS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["default"] = list
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leaves the default out: it belongs to the class."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuses anything but a list of numbers from 1 to 17."""
        super().validate(value, model_instance)
        numbers = [number for number, _name in AGENDA_GOALS]
        wrong = (
            # True is a number to Python, and equals 1.
            [entry for entry in value if type(entry) is not int or entry not in numbers]
            if isinstance(value, list)
            else [value]
        )
        if wrong:
            raise ValidationError(
                _("Goals of Agenda 2030 are numbers from 1 to 17, not %(wrong)s."),
                code="agenda_goal",
                params={"wrong": ", ".join(map(str, wrong))},
            )

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        """A box to tick for each goal."""
        return forms.TypedMultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=not self.blank,
            choices=AGENDA_GOALS,
            coerce=int,
            empty_value=[],
            widget=forms.CheckboxSelectMultiple,
        )
