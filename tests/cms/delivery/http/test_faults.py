"""One status for one fault at every endpoint, and what its headers say; with the same for reads.

The endpoints are those that ``openapi.json`` names: one that is added is asked as well.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.test import Client
from wagtail.api.v3.urls import api
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, Locale, Site

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.http.cursors import change_cursor
from cms.delivery.http.query_parameters import _names, _operations
from cms.delivery.http.write_rules import TRANSLATIONS
from cms.delivery.models import Feed
from strategy.models import Municipality, StoryPage
from tests.cms.delivery.openapi.endpoint_table import PREFIX, Endpoint, endpoints
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.shared_out]

PROBLEM = "application/problem+json"
NOBODY = "00000000-0000-4000-8000-000000000000"
BAD_VALUES = {
    "ancestor": ["x", NOBODY.replace("-", "")],
    "ancestor_of": ["x"],
    "child_of": ["x"],
    "cursor": ["x", "WyJlIl0", "x" * 3_000],
    "descendant_of": ["x"],
    "fallback": ["maybe"],
    "limit": ["x", "-1", "100000"],
    "locale": ["xx", "SV"],
    "offset": ["x", "-1"],
    "order": ["bogus"],
    "rich_text_format": ["bogus"],
    "search": ["x" * 257],
    "search_operator": ["bogus"],
    "since": ["x", "WyJjIl0"],
    "translation_of": ["x"],
    "type": ["no.Type"],
    "version": ["bogus"],
}
"""Values that are wrong wherever a parameter of that name is taken."""
PATH_VALUES = {"key": ["x", NOBODY.replace("-", "")], "locale": ["xx", "SV"]}
"""Values that are wrong wherever a path has them; numbers are checked by their names."""


class World(NamedTuple):
    """The things that endpoints are asked for.

    Attributes:
        values: of the parameters of paths, by name.
        token: of somebody who may do everything.
    """

    values: dict[str, str]
    token: str

    def address(self, endpoint: Endpoint, **other: str) -> str:
        """The address of something that is there, but for ``other``."""
        values = {**self.values, **other}
        return PREFIX + re.sub(r"{(\w+)}", lambda found: values[str(found[1])], endpoint.path)

    def headers(self, endpoint: Endpoint) -> dict[str, str]:
        """A token, where there is no answer without one."""
        return {"Authorization": f"Bearer {self.token}"} if endpoint.token == "yes" else {}


@pytest.fixture
def world(example_site: ExampleSite, admin_user: Any) -> World:
    # Another instance: that of the site is used by other tests.
    page = StoryPage.objects.get(pk=example_site.pages[StoryPage].pk)
    revision = page.save_revision()
    image: ContentImage = ImageFactory()
    document: ContentDocument = DocumentFactory()
    town = Municipality.objects.all()[0]
    redirect = Redirect.add_redirect("/gammal", redirect_to="/sv/")
    _token, secret = APIToken.create_token(user=admin_user, name="reader")
    values = {
        "document_id": document.pk,
        "image_id": image.pk,
        "key": page.translation_key,
        "locale": "sv",
        "locale_id": Locale.objects.all()[0].pk,
        "page_id": page.pk,
        "pk": town.pk,
        "redirect_id": redirect.pk,
        "revision_id": revision.pk,
        "site_id": Site.objects.all()[0].pk,
        "type": "strategy.Municipality",
        "type_name": "strategy.Municipality",
    }
    return World({name: str(value) for name, value in values.items()}, secret)


def every() -> list[Endpoint]:
    return list(endpoints(api.get_openapi_schema()))


def reads() -> Iterator[Endpoint]:
    """All that is read, but a draft by a token of its own: ``preview/`` has tests of its own."""
    return (one for one in every() if one.method == "get" and "token" not in one.takes)


NEEDED = {
    "entries/{locale}/find/": "path=/sv/",
    "pages/find/": "id={page_id}",
    "redirects/find/": "id={redirect_id}",
    "stories/": "locale=sv",
}
"""Queries without which there is nothing to ask."""
NOT_THERE_YET = {"snippets/{type}/{pk}/revisions/{revision_id}/"}
"""Addresses for which the site has nothing."""


def asked(world: World, endpoint: Endpoint, more: str = "") -> str:
    needed = NEEDED.get(endpoint.path, "").format(**world.values)
    query = "&".join(filter(None, (needed, more)))
    return world.address(endpoint) + (f"?{query}" if query else "")


def assert_problem(answer: Any, status: int, named: str = "", *, where: object = "") -> None:
    assert answer.status_code == status, (where, answer.status_code, answer.content[:300])
    assert answer["Content-Type"] == PROBLEM, where
    said = answer.json()
    assert said["status"] == status
    assert answer["Access-Control-Allow-Origin"] == "*", where
    errors = said.get("errors", [])
    places = [str(part) for error in errors for part in error.get("loc", ())]
    text = " ".join([said["detail"], *(error["msg"] for error in errors)])
    assert named in places or named in text, (where, said)


def test_what_is_there_is_read(world: World, visitor: Client) -> None:
    """Else the faults below would show nothing."""
    for one in reads():
        answer = visitor.get(asked(world, one), headers=world.headers(one))
        expected = {404} if one.path in NOT_THERE_YET else {200, 301, 302}
        assert answer.status_code in expected, (one, answer.status_code)


def test_an_unknown_parameter(world: World, visitor: Client) -> None:
    for one in reads():
        answer = visitor.get(asked(world, one, "bogus=1"), headers=world.headers(one))
        assert_problem(answer, 422, "bogus", where=one)
        kept = "private, no-store" if one.token == "yes" else "no-store"
        assert answer["Cache-Control"] == kept


def test_what_is_taken_is_what_the_description_names(world: World) -> None:
    described = {
        api.get_openapi_schema()["paths"][f"{PREFIX}{one.path}"][one.method]["operationId"]: {
            name.rstrip("…") for name in one.takes
        }
        for one in every()
    }
    for operation in _operations().values():
        named = described[operation.operation_id] - {TRANSLATIONS}
        assert named == _names(operation), operation.operation_id


def test_a_wrong_value(world: World, visitor: Client) -> None:
    count = 0
    for one in reads():
        for name in (name.rstrip("…") for name in one.takes):
            for value in BAD_VALUES.get(name, ()):
                address = asked(world, one, f"{name}={value}")
                answer = visitor.get(address, headers=world.headers(one))
                assert_problem(answer, 422, where=(one.path, name, value))
                count += 1
    assert count > 60


def test_a_wrong_part_of_a_path(world: World, visitor: Client) -> None:
    for one in every():
        for name in re.findall(r"{(\w+)}", one.path):
            is_number = name == "pk" or name.endswith("_id")
            for value in ["x"] if is_number else PATH_VALUES.get(name, []):
                answer = visitor.generic(
                    one.method.upper(),
                    world.address(one, **{name: value}),
                    "{}",
                    content_type="application/json",
                    headers={"Authorization": f"Bearer {world.token}"},
                )
                assert_problem(answer, 422, where=(one, name, value))


def test_what_is_not_there(world: World, visitor: Client) -> None:
    for one in reads():
        for name in re.findall(r"{(\w+)}", one.path):
            value = NOBODY if name == "key" else "999999"
            if name not in ("type", "type_name", "locale"):
                address = world.address(one, **{name: value})
                answer = visitor.get(address, headers=world.headers(one))
                assert_problem(answer, 404, where=(one, name))
                if one.token != "yes":
                    assert answer["Cache-Control"] == "public, max-age=30"
                    assert answer["Cache-Tag"]
        answer = visitor.get(f"{world.address(one)}nothing/", headers=world.headers(one))
        # A word where a number or a key belongs is another fault.
        assert answer.status_code in {404, 422}, one


@pytest.mark.parametrize(
    "path",
    ["/api/v3//pages/", "//api/v3/pages/", "/api//v3/pages/", "/api/v3/entries//sv/", "/api/v2//x/",
     "/api/nothing/", "/api/v1/pages/", "/api/v2/nothing/", "/api/v3/nothing/", "/api/", "/api",
     "/api/v3/export/all.ndjson/", "/api/v3/pages//1/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_address_that_there_is_not(
    path: str, method: str, example_site: ExampleSite, visitor: Client
) -> None:
    answer: Any = visitor.generic(
        method, "/", headers={"Origin": "https://example.org"}, PATH_INFO=path
    )
    assert answer.status_code == 404, answer.content
    assert answer["Content-Type"] == PROBLEM
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=30"
    assert answer["Cache-Tag"] == "pages"
    assert answer["Vary"] == "Accept-Encoding"
    assert "Content-Language" not in answer


def test_a_missing_slash_leads_to_the_address(world: World, visitor: Client) -> None:
    for one in reads():
        if one.path.endswith("/"):
            answer = visitor.get(asked(world, one).replace("/?", "?").rstrip("/"))
            if "find" not in one.path:
                assert answer.status_code == 301, one
                assert answer["Location"] == asked(world, one)
            assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_method_that_is_not_allowed(world: World, visitor: Client) -> None:
    allowed: dict[str, set[str]] = {}
    for one in every():
        allowed.setdefault(one.path, set()).add(one.method.upper())
    for path, methods in allowed.items():
        address = world.address(Endpoint("", path, (), ""))
        said = ", ".join(sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            answer = visitor.generic(method, address)
            assert_problem(answer, 405, where=(path, method))
            assert (answer["Allow"], answer["Cache-Control"]) == (said, "no-store"), path
        asked_first = visitor.options(address)
        assert (asked_first.status_code, asked_first["Allow"]) == (204, said), path
        assert asked_first.content == b""


def test_a_token_that_nobody_has(world: World, visitor: Client) -> None:
    for one in reads():
        answer = visitor.get(asked(world, one), headers={"Authorization": "Bearer nobody"})
        assert_problem(answer, 401, where=one)
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer["Cache-Control"] == "private, no-store"
        if one.token == "yes":
            answer = visitor.get(asked(world, one))
            assert_problem(answer, 401, where=one)
            assert answer["WWW-Authenticate"] == "Bearer", one
    # What a server in front asks for is none of ours.
    answer = visitor.get("/api/v3/languages/", headers={"Authorization": "Basic eDp5"})
    assert answer.status_code == 200


@pytest.mark.parametrize("accept", ["application/xml", "text/html", "image/*;q=0.1", "nonsense"])
def test_what_is_accepted_is_not_looked_at(world: World, visitor: Client, accept: str) -> None:
    """JSON is what there is; a client that says so or does not gets it."""
    for one in reads():
        if one.token != "yes":
            address = asked(world, one)
            answer, plain = visitor.get(address, headers={"Accept": accept}), visitor.get(address)
            assert answer.status_code == plain.status_code
            assert answer["Content-Type"] == plain["Content-Type"]


def test_reads_have_the_headers_of_their_get(world: World, visitor: Client) -> None:
    extra = ["/api/v3/openapi.json", "/api/v3/docs/", "/api/v2/pages/", "/api/v2/images/"]
    for address in [*(asked(world, one) for one in reads() if one.token != "yes"), *extra]:
        for encoding in ("", "gzip", "br, gzip"):
            headers = {"Accept-Encoding": encoding}
            whole: Any = visitor.get(address, headers=headers)
            head: Any = visitor.head(address, headers=headers)
            assert head.status_code == whole.status_code, address
            assert (b"".join(head) if head.streaming else head.content) == b"", address
            assert dict(head.items()) == dict(whole.items()), address
            b"".join(whole) if whole.streaming else None


def test_a_strong_tag_names_its_encoding(world: World, visitor: Client) -> None:
    """RFC 9110 §8.8.3.3: other bytes have another strong tag."""
    seen = set()
    for one in reads():
        address = asked(world, one)
        plain: Any = visitor.get(address) if one.token != "yes" else None
        if plain is None or plain.status_code != 200:
            continue
        assert "ETag" in plain, one
        for encoding in ("gzip", "br"):
            packed: Any = visitor.get(address, headers={"Accept-Encoding": encoding})
            sent = packed.get("Content-Encoding", "")
            seen.add(sent)
            expected = plain["ETag"]
            if sent and not expected.startswith("W/"):
                expected = f'{expected[:-1]}-{sent}"'
            assert packed["ETag"] == expected, one
            for tag in {plain["ETag"], packed["ETag"]}:
                for said in (tag, f'"x", {tag}', f"W/{tag}".replace("W/W/", "W/")):
                    known: Any = visitor.get(
                        address, headers={"Accept-Encoding": encoding, "If-None-Match": said}
                    )
                    assert (known.status_code, known.content) == (304, b""), (one, said)
                    assert known["ETag"] == tag, (one, said)
                    for name in ("Cache-Control", "Vary", "Content-Language", "Cache-Tag"):
                        assert known.get(name) == packed.get(name), (one, name)
                    assert "Content-Length" not in known
            everything = {"Accept-Encoding": encoding, "If-None-Match": "*"}
            assert visitor.get(address, headers=everything)["ETag"] == packed["ETag"]
    assert seen == {"", "gzip", "br"}


def test_a_browser_may_send_a_token_where_one_is_read(world: World, visitor: Client) -> None:
    said = {}
    for address in (f"/api/v3/pages/{world.values['page_id']}/", "/api/v2/pages/", "/api/v3/x/"):
        answer = visitor.options(
            address,
            headers={
                "Origin": "https://example.org",
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "authorization, if-none-match",
            },
        )
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert answer["Access-Control-Allow-Origin"] == "*"
        said[address] = answer["Access-Control-Allow-Headers"].split(", ")
        assert {"accept", "content-type", "if-none-match"} <= set(said[address])
        assert "Access-Control-Allow-Credentials" not in answer
    assert ["authorization" in names for names in said.values()] == [True, False, True]


def test_a_key_in_capitals_is_the_same_key(world: World, visitor: Client) -> None:
    key = world.values["key"]
    for address in ("entries/sv/{}/", "entries/se/{}/", "entries/sv/?ancestor={}"):
        small = visitor.get(f"/api/v3/{address.format(key)}")
        large = visitor.get(f"/api/v3/{address.format(key.upper())}")
        assert (large.status_code, large.content) == (200, small.content)
        assert dict(large.items()) == dict(small.items())


def test_what_is_too_long_is_413(world: World, visitor: Client) -> None:
    for one in every():
        if one.method in ("post", "put", "patch"):
            answer = visitor.generic(
                one.method.upper(),
                world.address(one),
                '{"title": "' + "x" * 2_700_000 + '"}',
                content_type="application/json",
                headers={"Authorization": f"Bearer {world.token}"},
            )
            assert_problem(answer, 413, where=one)


@pytest.mark.parametrize("path", ["pages/?limit=x", "pages/?bogus=1", "pages/?locale=xx",
                                  "images/?limit=1000", "documents/find/?id=abc"])  # fmt: skip
def test_the_stable_api_says_400(path: str, example_site: ExampleSite, visitor: Client) -> None:
    answer = visitor.get(f"/api/v2/{path}")
    assert answer.status_code == 400
    assert "json" in answer["Content-Type"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_cursor_of_another_database_is_gone(example_site: ExampleSite, visitor: Client) -> None:
    cursor = change_cursor(1, feed=Feed())
    answer = visitor.get(f"/api/v3/changes/?since={cursor}")
    assert_problem(answer, 410)
    assert answer["Cache-Control"] == "public, max-age=30"
    assert answer["Cache-Tag"]
