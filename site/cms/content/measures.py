"""Declarations of measured and aimed-at values of a type, for who passes the figures on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measures:
    """The names that the parts of a measure have in its document.

    A type of snippets that other sites get states them as ``measures``.

    Attributes:
        name: what is measured, in the language of the document.
        unit: the unit of all values.
        source: who measures.
        source_url: where the values come from.
        better: which way it should move, ``higher`` or ``lower``.
        values: the list of what was measured.
        date: the day of a value, in that list.
        value: the figure, in that list.
    """

    name: str = "name"
    unit: str = "unit"
    source: str = "source"
    source_url: str = "source_url"
    better: str = "better"
    values: str = "values"
    date: str = "date"
    value: str = "value"


@dataclass(frozen=True, slots=True)
class Aims:
    """The names that the parts of what is aimed at have in a document.

    A type that other sites get states them as ``aims``.

    Attributes:
        aims: the list of measures by which one sees whether the aim is reached.
        measure: the reference to a measure, in that list; ``None`` there where it is not published.
        baseline_value: the figure from which is counted, in the unit of the measure.
        baseline_year: its year.
        target_value: the figure that is to be reached.
        target_year: the year by which it is.
    """

    aims: str = "indicators"
    measure: str = "indicator"
    baseline_value: str = "baseline_value"
    baseline_year: str = "baseline_year"
    target_value: str = "target_value"
    target_year: str = "target_year"


def measures_by_type() -> dict[str, Measures]:
    """The types of snippets that hold measures, by their labels."""
    # The API's registry is there once all models are.
    from cms.content.api.delivered_types import delivered_snippets

    return _stated(delivered_snippets(), "measures")


def aims_by_type() -> dict[str, Aims]:
    """The types of pages and snippets that say what measures are to become, by their labels."""
    from cms.content.api.delivered_types import delivered_models

    return _stated(delivered_models(), "aims")


def _stated(models: Iterable[Any], attribute: str) -> dict[str, Any]:
    stated = {model._meta.label: getattr(model, attribute, None) for model in models}
    return {label: parts for label, parts in stated.items() if parts is not None}
