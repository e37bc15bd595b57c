"""Puts the example of a shape together from those of its members.

A relation, an image, a block and a whole document are each shown once in ``openapi.json``, beside
the shape; nobody writes them, so none contradicts what its members say.
"""

from typing import Any

from cms.delivery.openapi.references import READING, operations, reached, referred


class _Nothing(Exception):
    """No example follows from what is said."""


def add_examples(description: Any) -> None:
    """Gives every shape an example to which the answers of reading lead."""
    schemas = description["components"]["schemas"]
    answers = [
        operation["responses"]
        for _path, method, operation in operations(description)
        if method == READING
    ]
    for name in sorted(reached(answers, schemas)):
        try:
            _compose(name, schemas)
        except _Nothing:
            continue


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
        try:
            example[name] = _example(member, schemas)
        except _Nothing:
            if name in schema.get("required", ()):
                raise
    return example


def _example(schema: Any, schemas: Any) -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    if (name := referred(schema)) is not None:
        return _compose(name, schemas)
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
