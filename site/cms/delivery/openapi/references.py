"""References within the description of the API."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

COMPONENTS: Final = "#/components/schemas/"
READING: Final = "get"

Operation = dict[str, Any]


def reference(name: str) -> dict[str, str]:
    """A reference to a component."""
    return {"$ref": f"{COMPONENTS}{name}"}


def referred(schema: Any) -> str | None:
    """The name of the schema to which a piece of the description refers itself, if it does."""
    target = schema.get("$ref") if isinstance(schema, dict) else None
    is_one = isinstance(target, str) and target.startswith(COMPONENTS)
    return str(target).removeprefix(COMPONENTS) if is_one else None


def references(value: Any) -> Iterator[str]:
    """Names of the schemas to which a piece of the description refers itself, at any depth."""
    if isinstance(value, dict):
        if (name := referred(value)) is not None:
            yield name
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for member in value:
            yield from references(member)


def reached(start: Iterable[Any], schemas: dict[str, Any]) -> set[str]:
    """Names of all components to which some pieces of the description lead."""
    found: set[str] = set()
    waiting = [name for piece in start for name in references(piece)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += references(schemas[name])
    return found


def operations(description: Any) -> Iterator[tuple[str, str, Operation]]:
    """Each operation with its path and method."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation
