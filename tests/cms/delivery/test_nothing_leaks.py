"""Nothing that is not published is ever seen without a token, wherever one looks.

A site is made whose public pages point, in every way they can, to what is hidden in every way
there is. Then three visitors read every address of the API: one without a session, one with the
session of an administrator, one whose session has given the password. What was hidden in a way
holds a word of its own, which may stand in no answer.
"""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from wagtail.models import APIToken, Page, PageViewRestriction

from cms.delivery.previews.tokens import make_token
from tests.cms.delivery.addresses import (
    searching_addresses,
    stable_addresses,
    typed_addresses,
)
from tests.cms.delivery.hiding import CHANGES, WAYS, hide_in_every_way, secret_of
from tests.factories.building import analyze
from tests.factories.site import ExampleSite
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]

Answers = list[tuple[str, str]]
"""Address, and everything that its answer says."""


@pytest.fixture(scope="module")
def hidden_pages(module_swedish_site: ExampleSite) -> list[Any]:
    cache.clear()
    pages = hide_in_every_way(module_swedish_site)
    analyze()
    return pages


def anonymous(client: Client) -> None:
    """Has no session at all."""


def administrator(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("chef", password="lösenord"))


def one_with_the_password(client: Client) -> None:
    session = client.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = list(
        PageViewRestriction.objects.values_list("pk", flat=True)
    )
    session.save()


@pytest.fixture(
    scope="module",
    params=[anonymous, administrator, one_with_the_password],
    ids=lambda visitor: visitor.__name__,
)
def answers(request: pytest.FixtureRequest, hidden_pages: list[Any]) -> Answers:
    """Everything that the API says to a visitor without a token."""
    client = Client()
    request.param(client)
    asked: Iterator[str] = itertools.chain(typed_addresses(), stable_addresses())
    if request.param is anonymous:
        words = [secret_of(way) for way in WAYS]
        # Of the pages hidden in a way a few: a parent's list shows the others too.
        some = hidden_pages[:: amount(12, 4)]
        asked = itertools.islice(
            itertools.chain(asked, searching_addresses(words, some)), 0, None, amount(2, 1)
        )
    else:
        # What a session could open is a kind of address: of each kind some. Five goes through all
        # three views of a page in turn.
        asked = itertools.islice(asked, 0, None, amount(5, 1))
    return [(address, said_at(client, address)) for address in asked]


def said_at(client: Client, address: str) -> str:
    response: Any = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    assert response.status_code < 500, f"{address}: {body!r}"
    said = unquote(f"{body.decode()} {response.headers.get('Location', '')}")
    for _name, asked in parse_qsl(urlsplit(address).query):
        # An answer may repeat what the visitor has just said.
        said = said.replace(asked, "") if "hemlig" in asked else said
    return said


@pytest.mark.parametrize("way", WAYS)
def test_what_is_hidden_is_seen_nowhere(way: str, answers: Answers) -> None:
    word = secret_of(way)
    betrayals = [
        f"{address}: …{said[max(said.index(word) - 90, 0) : said.index(word) + 60]}…"
        for address, said in answers
        if word in said
    ]
    assert not betrayals, "\n".join([f"{len(betrayals)} answers", *betrayals[:5]])


def test_no_answer_varies_by_cookie(hidden_pages: list[Any], admin_client: Client) -> None:
    for address in ("/api/v3/pages/", "/api/v2/pages/", "/api/v3/languages/"):
        response = admin_client.get(address)
        assert "Cookie" not in response.headers.get("Vary", "")
        assert not response.cookies


def test_hidden_pages_are_not_counted(hidden_pages: list[Any], visitor: Client) -> None:
    languages = visitor.get("/api/v3/languages/").json()["items"]
    counted = {item["code"]: item["pages"] for item in languages}
    closed = PageViewRestriction.objects.values_list("page__path", flat=True)
    public = [
        page
        for page in Page.objects.live().filter(depth__gt=1, alias_of=None)
        if not page.path.startswith(tuple(closed))
    ]
    assert counted == dict.fromkeys(counted, 0) | {"sv": len(public)}


def test_an_editor_with_a_token_sees_drafts(
    hidden_pages: list[Any], visitor: Client, admin_user: Any
) -> None:
    _token, secret = APIToken.create_token(user=admin_user, name="reader")
    for page in hidden_pages:
        response = visitor.get(
            f"/api/v3/pages/{page.pk}/?version=draft", headers={"Authorization": f"Bearer {secret}"}
        )
        assert response.status_code == 200, response.content
        assert "hemlig" in response.json()["title"]


def test_a_draft_shows_nothing_hidden_but_its_own_page(
    hidden_pages: list[Any], visitor: Client, admin_user: Any
) -> None:
    public = Page.objects.live().filter(depth__gt=1, id__is_closed=False, alias_of=None).specific()
    for page in public:
        token = make_token(page, admin_user, timedelta(hours=1), admin="https://example.org")
        answer = visitor.get("/api/v3/preview/", {"token": token})
        assert answer.status_code == 200
        said = unquote(answer.content.decode())
        # What is changed in the page itself is what a draft is for.
        ways = [way for way in WAYS if way != CHANGES and secret_of(way) in said]
        assert not ways, f"{page}: {ways}"
    for page in hidden_pages[:: amount(6, 1)]:
        make_token(page, admin_user, timedelta(hours=1), admin="https://example.org")
    assert visitor.get("/api/v3/preview/").status_code == 401


def test_a_token_that_was_revoked_opens_nothing(
    hidden_pages: list[Any], visitor: Client, admin_user: Any
) -> None:
    token, secret = APIToken.create_token(user=admin_user, name="reader")
    token.revoke()
    response = visitor.get(
        f"/api/v3/pages/{hidden_pages[0].pk}/", headers={"Authorization": f"Bearer {secret}"}
    )
    assert response.status_code in (401, 404)
