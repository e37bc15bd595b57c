"""Real answers are as ``openapi.json`` says, to the last member, and it says no more than is so."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, Page, Revision

from cms.delivery.endpoints.schemas import TYPES
from strategy.models import Municipality, StoryPage
from tests.cms.delivery.addresses import typed_addresses, with_query
from tests.cms.delivery.openapi.description import SCHEMAS, Description, MemberCount
from tests.harness.sampling import amount

pytestmark = [pytest.mark.any_database, pytest.mark.usefixtures("demo")]

API = "/api/v3"
TOKEN = "token"
"""The parameter of a preview, which has a token of its own."""
FAULTS = ("?colour=red", "?locale=xx", "?limit=x", "?since=x", "?cursor=x", "?type=x.Y")
"""Questions with something wrong, for every address."""


@pytest.fixture
def description(visitor: Client) -> Description:
    return Description(visitor.get(f"{API}/openapi.json").json())


@pytest.fixture
def documents(visitor: Client) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _lines(visitor)[1:]]


def _lines(visitor: Client) -> list[bytes]:
    exported: Any = visitor.get(f"{API}/export/all.ndjson")
    return b"".join(exported.streaming_content).strip().split(b"\n")


def test_every_document_is_of_its_type(
    description: Description, documents: list[dict[str, Any]]
) -> None:
    of_any = description.named("Document")
    wrong = [
        f"{document['path'] or document['title']}: {error}"
        for document in documents
        for error in description.errors(document, of_any)
    ]
    assert not wrong, "\n".join(wrong[:20])
    assert {document["type"] for document in documents} == set(TYPES)


def test_what_is_not_of_its_type_is_found(
    description: Description, documents: list[dict[str, Any]]
) -> None:
    of_any = description.named("Document")
    document = next(each for each in documents if each["type"] == "home.ContentPage")
    [heading, *_others] = [each for each in document["body"] if each["type"] == "heading"]
    assert description.errors(document, of_any) == []
    assert description.errors({**document, "type": "strategy.GoalPage"}, of_any) != []
    assert description.errors({**document, "type": "strategy.Other"}, of_any) != []
    assert description.errors({**document, "key": "7"}, of_any) != []
    del document["breadcrumbs"]
    assert description.errors(document, of_any) != []
    assert description.errors([heading], description.named("Body")) == []
    heading["value"]["level"] = "2"
    assert description.errors([heading], description.named("Body")) != []


def test_a_member_is_required_if_it_is_always_there_and_only_then(
    description: Description, documents: list[dict[str, Any]], visitor: Client
) -> None:
    """Counted over everything that is published, by a walk that never asks what is required."""
    count = MemberCount()
    of_any = description.named("Document")
    found: list[tuple[Any, Any]] = [(document, of_any) for document in documents]
    found.append((json.loads(_lines(visitor)[0]), description.named("ExportHeader")))
    for address in ("languages/", "changes/?limit=1000", "entries/fi/?limit=100"):
        path = description.path_of(f"{API}/{address}")
        response = description.openapi["paths"][path]["get"]["responses"]["200"]
        schema = response["content"]["application/json"]["schema"]
        found.append((visitor.get(f"{API}/{address}").json(), schema))
    for value, schema in found:
        for name, instance in description.instances(value, schema):
            count.add(name, instance)
    wrong = []
    for name in count.objects:
        required = set(description.schemas[name].get("required", ()))
        always = count.always(name)
        wrong += [f"{name}.{member} is always there" for member in always - required]
        wrong += [f"{name}.{member} is not always there" for member in required - always]
        known = description.schemas[name].get("properties", {}).keys()
        wrong += [f"{name}.{member} is not described" for member in count.ever(name) - known]
    assert not wrong, "\n".join(sorted(wrong))
    assert len(count.objects) > 70


def test_every_answer_is_one_that_is_described(
    description: Description, visitor: Client, admin_user: Any
) -> None:
    """Each address that is read, as anybody and with a token, and with something wrong."""
    Redirect.objects.create(old_path="/konst", redirect_link="https://konst.example.org/")
    for owner in (StoryPage.objects.all()[0], Municipality.objects.all()[0]):
        owner.save_revision()
    _token, secret = APIToken.create_token(user=admin_user, name="reader")
    seen: Counter[tuple[str, int]] = Counter()
    wrong: list[str] = []
    for address in _addresses(description):
        for headers in ({}, {"Authorization": f"Bearer {secret}"}):
            response: Any = visitor.get(address, headers=headers)
            path = description.path_of(address)
            seen[path, response.status_code] += 1
            faults = [*_faults(response, description, path)]
            if not headers:
                faults += _missing_headers(response, description, path)
            wrong += [f"{response.status_code} {address}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong[:20])
    good = {path for path, status in seen if status < 400}
    # What a question must be told besides its path, or its own token, only its own tests know.
    assert good >= {
        path
        for path, methods in description.openapi["paths"].items()
        if "get" in methods
        and not any(
            (each["required"] and each["in"] == "query") or each["name"] == TOKEN
            for each in methods["get"]["parameters"]
        )
    }
    assert {status for _path, status in seen} >= {200, 302, 401, 404, 422}


def _addresses(description: Description) -> Iterator[str]:
    """A sample of the addresses of each path, each with its faults once."""
    asked: Counter[str] = Counter()
    for address in typed_addresses():
        path = description.path_of(address)
        asked[path] += 1
        if asked[path] == 1:
            yield from (f"{address.partition('?')[0]}{fault}" for fault in FAULTS)
        if asked[path] <= amount(4, 10_000):
            yield address
    yield with_query(f"{API}/pages/find/", {"html_path": "/sv/"})
    yield with_query(f"{API}/redirects/find/", {"html_path": "/konst"})
    for revision in Revision.objects.all():
        kind: Any = revision.content_type.model_class()
        room = "pages" if issubclass(kind, Page) else f"snippets/{kind._meta.label}"
        yield f"{API}/{room}/{revision.object_id}/revisions/{revision.pk}/"
    yield f"{API}/entries/sv/00000000-0000-4000-8000-000000000000/"
    yield with_query(f"{API}/entries/sv/find/", {"path": "/sv/finns-inte/"})


def _faults(response: Any, description: Description, path: str) -> Iterator[str]:
    """Differences between an answer and the description."""
    described = description.openapi["paths"][path]["get"]["responses"]
    if (told := described.get(str(response.status_code))) is None:
        yield "a status that is not described"
        return
    media_type = response.get("Content-Type", "").partition(";")[0]
    if media_type not in told.get("content", {}):
        if told.get("content") or (not response.streaming and response.content):
            yield f"{media_type!r} is not described"
        return
    if media_type.endswith("json") and not response.streaming:
        yield from description.errors(response.json(), told["content"][media_type]["schema"])


def _missing_headers(response: Any, description: Description, path: str) -> Iterator[str]:
    """The described headers that an answer lacks of which it is not said that some lack it."""
    described = description.openapi["paths"][path]["get"]["responses"]
    headers = described.get(str(response.status_code), {}).get("headers", {})
    for name, header in headers.items():
        [kind] = [header["$ref"].rsplit("/", 1)[-1]]
        text = description.openapi["components"]["headers"][kind]["description"]
        if name not in response and "Missing where there is" not in text:
            yield f"no header {name}"


def test_what_is_read_holds_nothing_of_writing(description: Description) -> None:
    """No component is both sent and answered, and none of reading has what only writing has."""
    operations = [
        (method, operation)
        for methods in description.openapi["paths"].values()
        for method, operation in methods.items()
    ]
    sent = _led_to(description, [each.get("requestBody") for _method, each in operations])
    answered = _led_to(description, [each["responses"] for _method, each in operations])
    read = _led_to(
        description, [each["responses"] for method, each in operations if method == "get"]
    )
    assert sent & answered == set()
    assert not [
        name for name in read if "warnings" in description.schemas[name].get("properties", {})
    ]
    assert not {name for name in read if name.startswith("Written")}


def test_unions_are_told_apart_and_nothing_is_null_alone(description: Description) -> None:
    reading = [
        methods["get"]["responses"]
        for methods in description.openapi["paths"].values()
        if not methods.get("get", {"security": True}).get("security")
    ]
    anonymous, null_alone, vague = [], [], []
    for name in sorted(_led_to(description, reading)):
        schema = description.schemas[name]
        for pointer, part in _parts(schema, name):
            references = [each for each in part.get("anyOf", ()) if "$ref" in each]
            if len(references) > 1 or (
                "oneOf" in part and "mapping" not in part.get("discriminator", {})
            ):
                anonymous.append(pointer)
            if part.get("type") == "null" and not pointer.rpartition("/")[0].endswith("anyOf"):
                null_alone.append(pointer)
        members = schema.get("properties", {})
        is_of_a_type = members.keys() >= {"key", "path", "type"}
        if is_of_a_type and not members["type"].keys() & {"const", "enum"}:
            vague.append(name)
    assert (anonymous, null_alone, vague) == ([], [], [])


def _parts(schema: Any, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and each that is written within it."""
    if isinstance(schema, dict):
        yield pointer, schema
        for name, member in schema.get("properties", {}).items():
            yield from _parts(member, f"{pointer}/properties/{name}")
        for keyword in ("items", "additionalProperties"):
            yield from _parts(schema.get(keyword), f"{pointer}/{keyword}")
        for keyword in ("anyOf", "oneOf", "allOf"):
            for number, part in enumerate(schema.get(keyword, ())):
                yield from _parts(part, f"{pointer}/{keyword}/{number}")


def _led_to(description: Description, start: Any) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            name = str(value.get("$ref", ""))
            if name.startswith(SCHEMAS) and (name := name.removeprefix(SCHEMAS)) not in found:
                found.add(name)
                waiting.append(description.schemas[name])
    return found


def test_what_the_description_is_of(description: Description, visitor: Client) -> None:
    """The product and its model, where it is served, and a token where one is needed alone."""
    openapi = description.openapi
    assert openapi["info"]["title"] != "Wagtail API"
    assert openapi["info"]["version"].count(".") == 2
    [server] = openapi["servers"]
    assert server["url"].startswith("http")
    tags = {tag["name"]: tag["description"] for tag in openapi["tags"]}
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            assert set(operation["tags"]) <= tags.keys()
            has_its_own = TOKEN in {each["name"] for each in operation["parameters"]}
            if method == "get" and "{" not in path and not has_its_own:
                needs_token = visitor.get(path).status_code == 401
                assert needs_token == bool(operation.get("security")), path
            elif method != "get":
                assert operation["security"] == [{"BearerTokenAuth": []}]
