"""The table of all endpoints in docs/api.md, as ``openapi.json`` has them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

DOCUMENTATION: Final = Path(__file__).resolve().parents[4] / "docs" / "api.md"
PREFIX: Final = "/api/v3/"
_TABLE: Final = "<!-- endpoints: {} -->\n{}<!-- end -->\n"
_READS: Final = "get"


class Endpoint(NamedTuple):
    """An operation of the API.

    Attributes:
        path: with its parameters in braces, relative to ``/api/v3/``.
        takes: parameters of the query; one that may be repeated ends in ``…``.
        token: ``no``, ``optional`` or ``yes``.
    """

    method: str
    path: str
    takes: tuple[str, ...]
    token: str


def endpoints(description: dict[str, Any]) -> Iterator[Endpoint]:
    """Every operation, by path, in the order of the description."""
    for path, item in description["paths"].items():
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method in ("get", "post", "put", "patch", "delete"):
                takes = [*shared, *operation.get("parameters", [])]
                yield Endpoint(
                    method,
                    path.removeprefix(PREFIX),
                    tuple(_name(one) for one in takes if one["in"] == "query"),
                    _token(operation, description.get("security", [])),
                )


def _name(parameter: dict[str, Any]) -> str:
    shapes = [parameter["schema"], *parameter["schema"].get("anyOf", [])]
    many = "…" if any(shape.get("type") == "array" for shape in shapes) else ""
    old = "deprecated" if parameter.get("deprecated") else ""
    return f"{parameter['name']}{many}{f' ({old})' if old else ''}"


def _token(operation: dict[str, Any], security: list[dict[str, Any]]) -> str:
    if operation.get("security", security):
        return "yes"
    return "optional" if operation.get("x-with-a-token") == "more" else "no"


def documented_tables(description: dict[str, Any]) -> dict[str, str]:
    """The tables of the documentation by their names, as they should be."""
    found = sorted(endpoints(description), key=lambda one: one.path)
    reads = [one for one in found if one.method == _READS]
    return {
        "read by anybody": _table(
            ("address", "takes", "with a token"),
            [
                (f"`{one.path}`", _takes(one), "more" if one.token == "optional" else "the same")
                for one in reads
                if one.token != "yes"
            ],
        ),
        "read with a token": _table(
            ("address", "takes"),
            [(f"`{one.path}`", _takes(one)) for one in reads if one.token == "yes"],
        ),
        "written with a token": _table(
            ("method and address", "takes"),
            [
                (f"{one.method.upper()} `{one.path}`", _takes(one))
                for one in found
                if one.method != _READS
            ],
        ),
    }


def _takes(endpoint: Endpoint) -> str:
    return " ".join(f"`{name}`" for name in endpoint.takes) or "–"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    # A cell of a rule has no spaces, as elsewhere in the documentation.
    return "".join(
        f"|{'|'.join(row)}|\n" if row[0] == "---" else f"| {' | '.join(row)} |\n" for row in lines
    )


def with_tables(text: str, tables: dict[str, str]) -> str:
    """The text of the documentation with its tables anew."""
    for name, table in tables.items():
        pattern = re.escape(_TABLE.format(name, "\0")).replace("\0", "(?:.*\n)*?")
        found = re.search(pattern, text)
        if found is None:
            raise ValueError(f"docs/api.md has no place for the table {name!r}.")
        text = text.replace(found[0], _TABLE.format(name, table))
    return text
