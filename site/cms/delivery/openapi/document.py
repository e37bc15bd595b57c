"""Adds to the description of the API what neither Wagtail nor Ninja knows.

What they say wrongly is mended under ``upstream/``, which calls this.
"""

from typing import Any

from cms.delivery.endpoints.schemas import ExportHeader
from cms.delivery.http import write_rules
from cms.delivery.openapi.examples import add_examples


def complete_description(description: Any) -> Any:
    """The description, with shapes of lines of a stream, examples of what is read, and rules."""
    description["components"]["schemas"] |= _shapes_of_lines()
    add_examples(description)
    write_rules.describe(description)
    return description


def _shapes_of_lines() -> dict[str, Any]:
    """The schemas of the lines of a stream, which Ninja does not look into."""
    shape = ExportHeader.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**shape.pop("$defs"), ExportHeader.__name__: shape}
