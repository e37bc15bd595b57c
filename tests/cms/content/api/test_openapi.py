"""The description of the API: a snapshot, valid, with type and meaning for all that is read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from cms.content.api.choice_labels import LABELS
from tests.factories.site import PAGE_TYPES, SNIPPET_TYPES
from tests.fixtures.snapshots import Snapshot

pytestmark = pytest.mark.any_database

UNITS = re.compile(
    r"\b(id|kronor|per cent|pixels|bytes|year|share|number of|ordinal numbers?|unit)\b",
    re.IGNORECASE,
)
"""What a number may be. Where the unit is in another field, it says so: "the indicator's unit"."""

SCHEMAS = "#/components/schemas/"

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
    swedish = sorted({text for text in _texts(_unlabelled(openapi)) if re.search("[åäöÅÄÖ]", text)})
    # Names of languages, and examples of addresses and names, are what they are.
    assert [text for text in swedish if text not in ("Lule Sámi", "julevsámegiella")] == []


def _unlabelled(value: Any) -> Any:
    """The same without the labels of choices, which are in several languages."""
    if isinstance(value, list):
        return [_unlabelled(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _unlabelled(member) for name, member in value.items() if name != LABELS}


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
    assert schemas["StoryPageSchema"]["properties"]["body"]["$ref"] == f"{SCHEMAS}Body"
    assert schemas["Body"]["items"] == {"$ref": f"{SCHEMAS}BodyBlock"}
    sent = schemas["StoryPageCreateSchema"]["properties"]["body"]["items"]
    for items in (schemas["BodyBlock"], sent):
        assert items["discriminator"]["propertyName"] == "type"
        assert set(items["discriminator"]["mapping"]) >= {"heading", "paragraph", "indicator"}


def test_every_property_that_is_read_says_what_it_means(openapi: dict[str, Any]) -> None:
    mute = [where for where, member in _members_read(openapi) if not member.get("description")]
    assert not mute, "\n".join(mute)


def test_every_number_that_is_read_says_its_unit(openapi: dict[str, Any]) -> None:
    without = [
        f"{where}: {member.get('description')}"
        for where, member in _members_read(openapi)
        if _is_number(member) and not UNITS.search(member.get("description", ""))
    ]
    assert not without, "\n".join(without)


def test_every_property_that_is_read_has_an_example(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    without = [
        where for where, member in _members_read(openapi) if not _has_example(member, schemas)
    ]
    assert not without, "\n".join(without)


def test_examples_are_of_the_shape_that_they_show(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    wrong = [
        f"{where}: {error.message}"
        for where, shape in [
            *((name, schemas[name]) for name in sorted(_read(openapi))),
            *_members_read(openapi),
        ]
        for example in shape.get("examples", ())
        for error in _validator(shape, openapi).iter_errors(example)
    ]
    assert not wrong, "\n".join(wrong)


def _validator(shape: dict[str, Any], openapi: dict[str, Any]) -> Draft202012Validator:
    """With the components beside the shape, where its references look for them."""
    return Draft202012Validator(
        {**shape, "components": openapi["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def _members_read(openapi: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Place and schema of each property in what anybody may read."""
    schemas = openapi["components"]["schemas"]
    return [
        (f"{name}{pointer}", member)
        for name in sorted(_read(openapi))
        for pointer, member in _members(schemas[name])
    ]


def _members(schema: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        for position, member in enumerate(schema):
            yield from _members(member, f"{pointer}/{position}")
    elif isinstance(schema, dict):
        for name, member in schema.get("properties", {}).items():
            yield f"{pointer}/{name}", member
            yield from _members(member, f"{pointer}/{name}")
        for keyword in ("items", "additionalProperties", "anyOf", "oneOf", "allOf"):
            yield from _members(schema.get(keyword), f"{pointer}/{keyword}")


def _is_number(schema: Any) -> bool:
    """Tells whether it is a number, may be one, or holds numbers."""
    return schema.get("type") in ("integer", "number") or any(
        _is_number(member) for member in (*schema.get("anyOf", ()), schema.get("items")) if member
    )


def _has_example(schema: dict[str, Any], schemas: dict[str, Any]) -> bool:
    """Its own, or one of what it refers to."""
    if schema.get("examples"):
        return True
    if "$ref" in schema:
        return bool(schemas[schema["$ref"].rsplit("/", 1)[-1]].get("examples"))
    return any(
        _has_example(member, schemas)
        for member in (
            *schema.get("anyOf", ()),
            *schema.get("oneOf", ()),
            schema.get("items"),
        )
        if member
    )


def _read(openapi: dict[str, Any]) -> set[str]:
    """Schemas to which the answers lead that anybody gets."""
    schemas = openapi["components"]["schemas"]
    return _led_to(
        schemas,
        [
            methods["get"]["responses"]
            for methods in openapi["paths"].values()
            if "get" in methods and {} in methods["get"].get("security", [{}])
        ],
    )


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
    return _led_to(schemas, operations)


def _led_to(schemas: dict[str, Any], start: Any) -> set[str]:
    found: set[str] = set()
    waiting = list(_references(start))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _references(schemas[name])
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if str(value.get("$ref", "")).startswith(SCHEMAS):
            yield value["$ref"].removeprefix(SCHEMAS)
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
