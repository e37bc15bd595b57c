"""A member that the API does not know is refused by name, whatever is written, and nothing is."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken, Page, Revision

from cms.content.models import ContentImage
from cms.delivery.http.unknown_members import _payloads
from home.models import ContentPage
from strategy.models import Municipality
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

ACTIONS: dict[str, dict[str, Any]] = {
    "publish": {},
    "unpublish": {"recursive": False},
    "copy": {"slug": "kopia"},
    "move": {"destination_id": 1},
    "revert": {"revision_id": 1},
    "convert_alias": {},
    "create_alias": {"slug": "kopia"},
    "copy_for_translation": {"locale": "se"},
}


@pytest.fixture
def write(swedish_site: ExampleSite, admin_user: Any) -> Any:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def call(method: str, address: str, payload: Any) -> Any:
        return Client(raise_request_exception=False).generic(
            method,
            f"/api/v3/{address}",
            json.dumps(payload),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    return call


def assert_refused(answer: Any, name: str) -> None:
    assert answer.status_code == 422, answer.content
    errors = answer.json()["errors"]
    assert [error["loc"][-1] for error in errors] == [name]


def rows() -> tuple[int, int, int]:
    return Page.objects.count(), Revision.objects.count(), Page.objects.filter(live=True).count()


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("name", ["recursiv", "go_live_at", "meta"])
def test_an_action_refuses_a_member_that_it_does_not_know(
    action: str, name: str, swedish_site: ExampleSite, write: Any
) -> None:
    page = swedish_site.pages[ContentPage]
    before = rows()
    answer = write("POST", f"pages/{page.pk}/actions/{action}/", ACTIONS[action] | {name: "x"})
    assert_refused(answer, name)
    assert rows() == before


def test_each_action_of_pages_is_among_them() -> None:
    actions = {
        name.removeprefix("pages_actions_")
        for method, name in _payloads()
        if name.startswith("pages_actions_") and method == "POST"
    }
    assert actions == ACTIONS.keys()


@pytest.mark.parametrize("name", ["slug", "go_live_at", "expire_at", "locale", "html_url"])
@pytest.mark.parametrize("address", ["pages", "snippets"])
def test_meta_refuses_a_member_that_it_does_not_know(
    address: str, name: str, swedish_site: ExampleSite, write: Any
) -> None:
    meta = {name: "x"}
    if address == "pages":
        page = swedish_site.pages[ContentPage]
        place, new = f"pages/{page.pk}/", {"title": "Ny", "slug": "ny"}
        made = {"type": "home.ContentPage", "parent_id": page.get_parent().pk}
    else:
        fact = Municipality.objects.filter(locale__language_code="sv")[0]
        place, new = f"snippets/strategy.Municipality/{fact.pk}/", {"name": "Ny"}
        made = {"type": "strategy.Municipality"}
    before = rows()
    assert_refused(write("PATCH", place, {"meta": meta}), name)
    assert_refused(
        write(
            "POST",
            address + "/" + ("" if address == "pages" else "strategy.Municipality/"),
            {**new, "meta": meta | made},
        ),
        name,
    )
    assert rows() == before


def test_without_a_token_nothing_is_said_of_members(swedish_site: ExampleSite) -> None:
    page = swedish_site.pages[ContentPage]
    answer = Client().post(
        f"/api/v3/pages/{page.pk}/actions/publish/", {"x": 1}, content_type="application/json"
    )
    assert answer.status_code == 401


def test_what_is_known_is_taken(swedish_site: ExampleSite, write: Any) -> None:
    page = swedish_site.pages[ContentPage]
    place = f"pages/{page.pk}/"
    meta = {"type": "home.ContentPage", "action": "publish"}
    answer = write("PATCH", place, {"title": "Nytt", "meta": meta})
    assert answer.status_code == 200, answer.content
    assert write("PATCH", place, {"title": "Utan"}).status_code == 200
    assert write("PATCH", place, {"title": "Ingen", "meta": None}).status_code == 200
    assert write("POST", f"{place}actions/publish/", {}).status_code == 200
    copied = write("POST", f"{place}actions/copy/", {"slug": "kopia", "keep_live": False})
    assert copied.status_code == 201


@pytest.mark.parametrize(
    ("address", "payload"),
    [
        ("redirects/", {"old_path": "/gammal", "permanent": True}),
        ("locales/", {"fallback": "en"}),
        ("snippets/strategy.Municipality/{fact}/actions/publish/", {"recursive": True}),
    ],
)
def test_other_payloads_refuse_as_well(address: str, payload: dict[str, Any], write: Any) -> None:
    fact = Municipality.objects.filter(locale__language_code="sv")[0]
    assert_refused(write("POST", address.format(fact=fact.pk), payload), list(payload)[-1])


def test_a_picture_refuses_it_too(write: Any) -> None:
    image = ContentImage.objects.all()[0]
    assert_refused(write("PATCH", f"images/{image.pk}/", {"titel": "x"}), "titel")
    assert_refused(write("PATCH", f"images/{image.pk}/", {"meta": {"slug": "x"}}), "meta")
