"""Writes a TypeScript program that shows every document, from what ``openapi.json`` says.

A function for each component: a switch over each union, told apart by its discriminator and known
to be whole; a check for each null; and each member used as what it is said to be. There is no cast
in it, so that it compiles only where a generator made of the description what the description says.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

SCHEMAS: Final = "#/components/schemas/"

_HELPERS: Final = """\
function never(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}
const text = (value: string): string => value;
const figure = (value: number): string => value.toFixed(4);
const flag = (value: boolean): string => (value ? "yes" : "no");
function choice<Known extends string | number | boolean>(value: Known): string {
  return `${value}`;
}
"""

Schema = Mapping[str, Any]


def program(openapi: Schema, *, start: str = "Document") -> str:
    """The program: types from ``./types``, and ``show(document)``."""
    schemas: Schema = openapi["components"]["schemas"]
    names = sorted(_led_to(start, schemas))
    lines = [
        f'import type {{ {", ".join(names)} }} from "./types";',
        _HELPERS,
        *(line for name in names for line in _function(name, schemas[name])),
        f"export const show = show{start};",
    ]
    return "\n".join(lines) + "\n"


def type_names(openapi: Schema, *, start: str = "Document") -> list[str]:
    """Names of the types that the program imports."""
    return sorted(_led_to(start, openapi["components"]["schemas"]))


def _led_to(start: str, schemas: Schema) -> set[str]:
    found: set[str] = set()
    waiting: list[Any] = [{"$ref": f"{SCHEMAS}{start}"}]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            # A mapping names what stands beside it as well.
            waiting += [part for key, part in value.items() if key not in ("examples", "mapping")]
            name = str(value.get("$ref", "")).removeprefix(SCHEMAS)
            if name and name not in found:
                found.add(name)
                waiting.append(schemas[name])
    return found


def _function(name: str, schema: Schema) -> Iterator[str]:
    yield f"function show{name}(of: {name}): string {{"
    if "discriminator" in schema:
        told_by = schema["discriminator"]
        yield f"  switch (of.{told_by['propertyName']}) {{"
        for value, target in told_by["mapping"].items():
            yield f'    case "{value}":'
            yield f"      return show{target.removeprefix(SCHEMAS)}(of);"
        yield "    default:\n      return never(of);\n  }"
    elif schema.get("type") == "object" and "properties" in schema:
        required = set(schema.get("required", ()))
        yield "  return ["
        for member, part in schema["properties"].items():
            shown = _shown(part, f"of.{member}")
            if member not in required:
                shown = f'of.{member} === undefined ? "" : {shown}'
            yield f"    {shown},"
        yield '  ].join(" ");'
    else:
        yield f"  return {_shown(schema, 'of')};"
    yield "}"


def _shown(schema: Schema, value: str, depth: int = 0) -> str:
    """An expression that shows a value as text."""
    if "$ref" in schema:
        return f"show{schema['$ref'].removeprefix(SCHEMAS)}({value})"
    if "anyOf" in schema:
        return _shown_unless_null(schema["anyOf"], value, depth)
    if "const" in schema or "enum" in schema:
        known = [schema["const"]] if "const" in schema else schema["enum"]
        union = " | ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in known)
        return f"choice<{union}>({value})"
    kind = schema["type"]
    if kind == "array":
        item = f"item{depth}"
        return f'{value}.map(({item}) => {_shown(schema["items"], item, depth + 1)}).join(" ")'
    if kind == "object":
        part = _shown(schema["additionalProperties"], f"part{depth}", depth + 1)
        names = f"[name{depth}, part{depth}]"
        return f'Object.entries({value}).map(({names}) => name{depth} + {part}).join(" ")'
    return {
        "string": f"text({value})",
        "integer": f"figure({value})",
        "number": f"figure({value})",
        "boolean": f"flag({value})",
    }[kind]


def _shown_unless_null(parts: list[Schema], value: str, depth: int) -> str:
    kinds = [part for part in parts if part.get("type") != "null"]
    if len(kinds) > 1:
        raise LookupError(f"{value} is a union that nothing tells apart: {kinds}")
    shown = _shown(kinds[0], value, depth)
    return f'({value} === null ? "" : {shown})' if len(kinds) < len(parts) else shown
