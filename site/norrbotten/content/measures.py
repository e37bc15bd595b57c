"""How a type of snippets says that it holds what was measured, for who passes the figures on."""

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


def measures_by_type() -> dict[str, Measures]:
    """The types of snippets that hold measures, by their labels."""
    # The API's registry is there once all models are.
    from norrbotten.content.api.snippet_documents import delivered_snippets

    stated: dict[str, Any] = {
        model._meta.label: getattr(model, "measures", None) for model in delivered_snippets()
    }
    return {label: measures for label, measures in stated.items() if measures is not None}
