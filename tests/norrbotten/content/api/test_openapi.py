"""The description of the API: a snapshot, valid, and with a type for everything in a document."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.factories.site import PAGE_TYPES, SNIPPET_TYPES
from tests.fixtures.snapshots import Snapshot

METHODS = ("get", "post", "patch", "put", "delete")

UNTYPED_ON_PURPOSE: dict[str, str] = {}
"""Places in the schemas of documents that say nothing of what they hold, each with its reason."""


@pytest.fixture
def openapi(visitor: Client, db: None) -> dict[str, Any]:
    response = visitor.get("/api/v3/openapi.json")
    assert response.status_code == 200
    description: dict[str, Any] = response.json()
    return description


def test_openapi_json_stays_as_it_is(openapi: dict[str, Any], matches_snapshot: Snapshot) -> None:
    matches_snapshot("openapi", openapi)


def test_openapi_json_is_valid(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(openapi).validate()


def test_openapi_json_is_in_english_whoever_asks(openapi: dict[str, Any], visitor: Client) -> None:
    asked_in_swedish = visitor.get("/api/v3/openapi.json", headers={"Accept-Language": "sv"})
    assert asked_in_swedish.json() == openapi
    swedish = sorted({text for text in _texts(openapi) if re.search("[åäöÅÄÖ]", text)})
    # Names of languages, and examples of addresses and names, are what they are.
    assert [text for text in swedish if text not in ("Lule Sámi", "julevsámegiella")] == []


def test_everything_in_a_document_is_typed(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    untyped = sorted(
        {
            f"{name}{pointer}"
            for name in _reachable(openapi)
            for pointer in _untyped(schemas[name])
            if f"{name}{pointer}" not in UNTYPED_ON_PURPOSE
        }
    )
    assert not untyped, "\n".join(untyped)


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPET_TYPES], ids=lambda model: model.__name__)
def test_every_type_is_described_for_reading_and_writing(
    model: type[Any], openapi: dict[str, Any]
) -> None:
    name = model.__name__
    assert {f"{name}Schema", f"{name}CreateSchema", f"{name}PatchSchema"} <= _reachable(openapi)


def test_blocks_are_told_apart_by_their_type(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    for name in ("StoryPageSchema", "StoryPageCreateSchema"):
        items = schemas[name]["properties"]["body"]["items"]
        assert items["discriminator"]["propertyName"] == "type"
        assert set(items["discriminator"]["mapping"]) >= {"heading", "paragraph", "indicator"}


def _reachable(openapi: dict[str, Any]) -> set[str]:
    """Schemas to which the operations on pages and snippets lead."""
    schemas = openapi["components"]["schemas"]
    operations = [
        operation
        for path, methods in openapi["paths"].items()
        if path.startswith(("/api/v3/pages/", "/api/v3/snippets/", "/api/v3/languages/"))
        for method, operation in methods.items()
        if method in METHODS
    ]
    found: set[str] = set()
    waiting = list(_references(operations))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(schemas[name])
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rsplit("/", 1)[-1]
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list):
        for member in value:
            yield from _references(member)


SAYS_WHAT_IT_IS = {"type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"}


def _untyped(schema: Any, pointer: str = "") -> Iterator[str]:
    """Pointers to schemas that allow anything."""
    if schema is True or (isinstance(schema, dict) and not SAYS_WHAT_IT_IS & set(schema)):
        yield pointer
        return
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "array" and "items" not in schema and "prefixItems" not in schema:
        yield pointer
    if schema.get("type") == "object" and not (
        "properties" in schema or "additionalProperties" in schema
    ):
        yield pointer
    for name, member in schema.get("properties", {}).items():
        yield from _untyped(member, f"{pointer}/{name}")
    for keyword in ("items", "additionalProperties"):
        if keyword in schema and schema[keyword] is not False:
            yield from _untyped(schema[keyword], f"{pointer}/{keyword}")
    for keyword in ("anyOf", "oneOf", "allOf"):
        for number, member in enumerate(schema.get(keyword, ())):
            yield from _untyped(member, f"{pointer}/{keyword}/{number}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
