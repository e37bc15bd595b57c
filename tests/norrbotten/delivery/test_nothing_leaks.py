"""Nothing that is not published is ever seen without a token, wherever one looks."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from django.test import Client
from wagtail.models import APIToken, PageViewRestriction

from tests.factories.site import ExampleSite
from tests.norrbotten.delivery.addresses import (
    searching_addresses,
    stable_addresses,
    typed_addresses,
)
from tests.norrbotten.delivery.hiding import (
    HIDINGS,
    SECRET,
    Hidden,
    hide_changes,
    hide_files,
    hide_pages,
    hide_snippets,
    hide_translations,
)


def addresses(hidden: Hidden) -> Iterator[str]:
    yield from typed_addresses()
    yield from stable_addresses()
    yield from searching_addresses(SECRET, hidden.pages)


def betrayals(visitor: Client, hidden: Hidden) -> list[str]:
    """Addresses whose answer holds the secret word, with what stands around it."""
    found = []
    for address in addresses(hidden):
        response = visitor.get(address)
        assert response.status_code < 500, f"{address}: {response.content!r}"
        said = unquote(f"{response.content.decode()} {response.headers.get('Location', '')}")
        for _name, asked in parse_qsl(urlsplit(address).query):
            # An answer may repeat what the visitor has just said.
            said = said.replace(asked, "") if SECRET in asked else said
        if SECRET in said:
            place = said.index(SECRET)
            found.append(f"{response.status_code} {address}: …{said[max(place - 80, 0):place + 60]}…")
    return found


@pytest.mark.parametrize("hide", HIDINGS.values(), ids=HIDINGS.keys())
def test_a_hidden_page_is_seen_nowhere(
    hide: Callable[[Any, list[Any]], None], swedish_site: ExampleSite, visitor: Client
) -> None:
    hidden = hide_pages(swedish_site, hide)
    assert not betrayals(visitor, hidden)


def test_the_language_of_a_draft_is_seen_nowhere(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    hidden = hide_translations(swedish_site)
    assert not betrayals(visitor, hidden)
    languages = {item["code"]: item for item in visitor.get("/api/v3/languages/").json()["items"]}
    assert languages["se"]["pages"] == 0


def test_unpublished_changes_are_seen_nowhere(swedish_site: ExampleSite, visitor: Client) -> None:
    assert not betrayals(visitor, hide_changes(swedish_site))


def test_an_unpublished_snippet_is_seen_nowhere(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    assert not betrayals(visitor, hide_snippets(swedish_site))


@pytest.mark.parametrize("ancestor", [False, True], ids=["itself", "ancestor"])
def test_a_file_in_a_closed_collection_is_seen_nowhere(
    ancestor: bool, swedish_site: ExampleSite, visitor: Client
) -> None:
    assert not betrayals(visitor, hide_files(swedish_site, ancestor=ancestor))


@pytest.mark.parametrize("hiding", ["draft", "login"])
def test_the_session_of_an_administrator_opens_nothing(
    hiding: str, swedish_site: ExampleSite, admin_client: Client
) -> None:
    hidden = hide_pages(swedish_site, HIDINGS[hiding])
    assert not betrayals(admin_client, hidden)


def test_the_session_of_one_who_knows_the_password_opens_nothing(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    hidden = hide_pages(swedish_site, HIDINGS["password"])
    session = visitor.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = list(
        PageViewRestriction.objects.values_list("pk", flat=True)
    )
    session.save()
    assert not betrayals(visitor, hidden)


def test_hidden_pages_are_not_counted(swedish_site: ExampleSite, visitor: Client) -> None:
    def counted() -> list[int]:
        return [item["pages"] for item in visitor.get("/api/v3/languages/").json()["items"]]

    before = counted()
    hide_pages(swedish_site, HIDINGS["login"])
    # The parent of the hidden pages is public.
    assert counted() == [before[0] + 1, *before[1:]]


def test_an_editor_with_a_token_sees_drafts(
    swedish_site: ExampleSite, visitor: Client, admin_user: Any
) -> None:
    hidden = hide_pages(swedish_site, HIDINGS["draft"])
    _token, secret = APIToken.create_token(user=admin_user, name="reader")
    for page in hidden.pages:
        response = visitor.get(
            f"/api/v3/pages/{page.pk}/?version=draft", HTTP_AUTHORIZATION=f"Bearer {secret}"
        )
        assert response.status_code == 200, response.content
        assert SECRET in response.json()["title"]
