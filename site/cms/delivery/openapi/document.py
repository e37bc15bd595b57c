"""Adds to the description of the API what neither Wagtail nor Ninja knows.

What they say wrongly is mended under ``upstream/``, which calls this.
"""

from typing import Any

from cms.delivery.endpoints.schemas import ExportHeader
from cms.delivery.http import unknown_members, write_rules
from cms.delivery.openapi import deprecation
from cms.delivery.openapi.examples import add_examples
from cms.delivery.openapi.headers import describe_headers
from cms.delivery.openapi.problems import describe_problems
from cms.delivery.openapi.product import present
from cms.delivery.openapi.references import COMPONENTS
from cms.delivery.openapi.unions import tell_apart
from cms.delivery.openapi.written import part_reading_from_writing


def complete_description(description: Any) -> Any:
    """The description, with all that clients are generated from, examples, and rules."""
    description["components"]["schemas"] |= _shapes_of_lines()
    present(description)
    tell_apart(description)
    write_rules.describe(description)
    describe_problems(description)
    part_reading_from_writing(description)
    add_examples(description)
    unknown_members.describe(description)
    _say_that_names_stand_behind_commas(description)
    describe_headers(description)
    deprecation.describe(description)
    return description


def _say_that_names_stand_behind_commas(description: Any) -> None:
    """Says how ``fields`` is written, which Ninja would have repeated."""
    for operations in description["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "fields":
                    parameter |= {"style": "form", "explode": False}


def _shapes_of_lines() -> dict[str, Any]:
    """The schemas of the lines of a stream, which Ninja does not look into."""
    shape = ExportHeader.model_json_schema(
        mode="serialization", ref_template=f"{COMPONENTS}{{model}}"
    )
    return {**shape.pop("$defs"), ExportHeader.__name__: shape}
