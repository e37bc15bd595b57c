"""Parts the schemas of what is read from those of what a change answers.

Wagtail uses the same for both; only the answer to a change may have ``meta.warnings``.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from cms.delivery.openapi.references import (
    COMPONENTS,
    READING,
    operations,
    reached,
    reference,
    references,
    referred,
)

WARNINGS: Final = "warnings"
PREFIX: Final = "Written"
_FEATURES: Final = "x-rich-text-features"


def part_reading_from_writing(description: Any) -> None:
    """Gives what a change answers schemas of their own, and takes the warnings out of the others.

    A component that nothing refers to any more goes.
    """
    schemas: dict[str, Any] = description["components"]["schemas"]
    answers = [
        operation["responses"]
        for _path, method, operation in operations(description)
        if method != READING
    ]
    written = set(_answered(answers, schemas))
    _copy(written, schemas)
    for answer in answers:
        _lead_to_copies(answer, written)
    _mend_bodies(description)
    for name, schema in schemas.items():
        if not name.startswith(PREFIX) and _warns(schema):
            del schema["properties"][WARNINGS]
    drop_unused(description)


def _mend_bodies(description: Any) -> None:
    """Says of what is sent no more than a sender needs, in words that OpenAPI knows."""
    schemas = description["components"]["schemas"]
    # Wagtail notes there what it has cut out; nobody sends it.
    schemas["RichTextInputSchema"]["properties"].pop("removals", None)
    for schema in schemas.values():
        for member in schema.get("properties", {}).values():
            if "features" in member:
                member[_FEATURES] = member.pop("features")
    for _path, _method, operation in operations(description):
        body = operation.get("requestBody", {})
        for content in body.get("content", {}).values():
            # That it may be left out is said beside it, and generators take no object for one.
            if not body.get("required"):
                content["schema"].pop("default", None)


def _answered(answers: list[Any], schemas: dict[str, Any]) -> Iterator[str]:
    """Names of what changes answer and may warn, their ``meta``, and the unions that hold these."""
    for name in {each for answer in answers for each in references(answer)}:
        schema = schemas[name]
        if "oneOf" in schema:
            yield name
            yield from _answered([schema], schemas)
        meta = referred(schema.get("properties", {}).get("meta"))
        if meta is not None and _warns(schemas[meta]):
            yield name
            yield meta


def _warns(meta: Any) -> bool:
    return "RichTextRemoval" in references(meta.get("properties", {}).get(WARNINGS))


def _copy(names: set[str], schemas: dict[str, Any]) -> None:
    for name in sorted(names):
        copy = deepcopy(schemas[name])
        copy["title"] = f"{PREFIX}{name}"
        schemas[f"{PREFIX}{name}"] = copy
        _lead_to_copies(copy, names)


def _lead_to_copies(value: Any, names: set[str]) -> None:
    """Leads the references in a piece of the description to the copies of some components."""
    if isinstance(value, list):
        for part in value:
            _lead_to_copies(part, names)
        return
    if not isinstance(value, dict):
        return
    for key, part in value.items():
        if isinstance(part, str) and (name := part.removeprefix(COMPONENTS)) in names:
            value[key] = reference(f"{PREFIX}{name}")["$ref"]
        else:
            _lead_to_copies(part, names)


def drop_unused(description: Any) -> None:
    """Drops the components to which no operation leads."""
    schemas = description["components"]["schemas"]
    used = reached([description["paths"], description["components"].get("responses")], schemas)
    for name in schemas.keys() - used:
        del schemas[name]
