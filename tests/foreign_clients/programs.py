"""Writes Python programs that tell every document and block apart, with nothing left over.

mypy finds them whole or not: the last branch of each takes what no type is left for.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

SCHEMAS: Final = "#/components/schemas/"

_HEAD: Final = """\
import json
import sys
from pathlib import Path
from typing import assert_never

"""


def _members(openapi: Mapping[str, Any], union: str) -> list[str]:
    mapping = openapi["components"]["schemas"][union]["discriminator"]["mapping"]
    return [target.removeprefix(SCHEMAS) for target in mapping.values()]


def _name(kinds: Iterable[str]) -> list[str]:
    """A function that names the class of a member of a union, by one branch for each."""
    lines = []
    for number, kind in enumerate(kinds):
        lines.append(f"    {'el' if number else ''}if isinstance(of, models.{kind}):")
        shown = f"{kind}:{{of.title}}" if kind.endswith(("Schema", "Document")) else kind
        lines.append(f'        return f"{shown}"')
    return [*lines, "    else:", "        assert_never(of)"]


def of_pydantic(openapi: Mapping[str, Any]) -> str:
    """For the models of datamodel-code-generator: reads each line of an export."""
    lines = [
        "import models",
        "",
        "def block(of: models.BodyBlock) -> str:",
        "    return named_block(of.root)",
        "",
        f"def named_block(of: {_union(_members(openapi, 'BodyBlock'))}) -> str:",
        *_name(_members(openapi, "BodyBlock")),
        "",
        f"def document(of: {_union(_members(openapi, 'Document'))}) -> str:",
        *_name(_members(openapi, "Document")),
        "",
        "lines = Path(sys.argv[1]).read_text(encoding='utf-8').strip().split('\\n')[1:]",
        "found = [models.Document.model_validate_json(line).root for line in lines]",
        "print(json.dumps([document(each) for each in found]))",
        "bodies = [each.body.root for each in found if isinstance(each, models.ContentPageSchema)]",
        "assert all(block(each) for body in bodies for each in body)",
    ]
    return _HEAD + "\n".join(lines) + "\n"


def of_attrs(openapi: Mapping[str, Any]) -> str:
    """For the client of openapi-python-client: reads a list of entries."""
    lines = [
        "from client import models",
        "from client.models.found_entries import FoundEntries",
        "",
        f"def block(of: {_union(_members(openapi, 'BodyBlock'))}) -> str:",
        *_name(_members(openapi, "BodyBlock")),
        "",
        f"def document(of: {_union(_members(openapi, 'Document'))}) -> str:",
        *_name(_members(openapi, "Document")),
        "",
        "read = json.loads(Path(sys.argv[1]).read_text(encoding='utf-8'))",
        "found = FoundEntries.from_dict(read).items",
        "print(json.dumps([document(each) for each in found]))",
        "bodies = [each.body for each in found if isinstance(each, models.ContentPageSchema)]",
        "assert all(block(each) for body in bodies for each in body)",
    ]
    return _HEAD + "\n".join(lines) + "\n"


def _union(kinds: Iterable[str]) -> str:
    return " | ".join(f"models.{kind}" for kind in kinds)


def reading_alone(openapi: Mapping[str, Any]) -> dict[str, Any]:
    """The description of what anybody may read: what other sites generate clients from."""
    paths = {
        path: {"get": methods["get"]}
        for path, methods in openapi["paths"].items()
        if "get" in methods and not methods["get"].get("security")
    }
    schemas = openapi["components"]["schemas"]
    found: set[str] = set()
    waiting: list[Any] = [paths]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            target = str(value.get("$ref", ""))
            name = target.removeprefix(SCHEMAS)
            if target.startswith(SCHEMAS) and name not in found:
                found.add(name)
                waiting.append(schemas[name])
    components = {
        **openapi["components"],
        "schemas": {name: schemas[name] for name in schemas if name in found},
    }
    return {**openapi, "paths": paths, "components": components}
