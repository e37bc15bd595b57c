"""Puts the example of a shape together from those of its members.

A relation, an image, a block and a whole document are each shown once in ``openapi.json``, beside
the shape; nobody writes them, so none contradicts what its members say.
"""

from collections.abc import Iterator
from typing import Any

ONLY_AFTER_WRITING = "warnings"
"""Wagtail leaves it out of what is read."""


class _Nothing(Exception):
    """No example follows from what is said."""


def add_examples(description: Any) -> None:
    """Gives every shape an example to which the answers of reading lead."""
    schemas = description["components"]["schemas"]
    waiting = [
        name
        for operations in description["paths"].values()
        for name in references(operations.get("get", {}).get("responses"))
    ]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += references(schemas[name])
    for name in sorted(reached):
        try:
            _compose(name, schemas)
        except _Nothing:
            continue


def references(value: Any) -> Iterator[str]:
    """Names of the components to which a piece of the description refers itself."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rsplit("/", 1)[-1]
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for member in value:
            yield from references(member)


def _compose(name: str, schemas: Any) -> Any:
    schema = schemas[name]
    if "examples" not in schema:
        schema["examples"] = [_of_members(schema, schemas)]
    return schema["examples"][0]


def _of_members(schema: Any, schemas: Any) -> Any:
    if "properties" not in schema:
        return _example(schema, schemas)
    example = {}
    for name, member in schema["properties"].items():
        if name == ONLY_AFTER_WRITING:
            continue
        try:
            example[name] = _example(member, schemas)
        except _Nothing:
            if name in schema.get("required", ()):
                raise
    return example


def _example(schema: Any, schemas: Any) -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return _compose(schema["$ref"].rsplit("/", 1)[-1], schemas)
    if "const" in schema:
        return schema["const"]
    if schema.get("type") == "array":
        return [_example(schema.get("items", {}), schemas)]
    for member in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        try:
            return _example(member, schemas)
        except _Nothing:
            continue
    raise _Nothing
