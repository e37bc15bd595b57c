"""Pages that cannot be written to as it is asked: said, and nothing is changed."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken, Page

from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

PAGES = "/api/v3/pages/"


@pytest.fixture
def call(swedish_site: ExampleSite, admin_user: Any) -> Any:
    _token, secret = APIToken.create_token(user=admin_user, name="writer")

    def send(method: str, address: str, payload: Any = None, token: str = secret) -> Any:
        client = Client(raise_request_exception=False)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return client.generic(
            method,
            address,
            json.dumps(payload or {}),
            content_type="application/json",
            headers=headers,
        )

    return send


def stored() -> list[Any]:
    return [*Page.objects.order_by("pk").values_list("pk", "path", "title", "alias_of", "live")]


@pytest.mark.parametrize("action", ["copy", "create_alias", "move"])
def test_the_root_stays_what_and_where_it_is(
    swedish_site: ExampleSite, call: Any, action: str
) -> None:
    before, home = stored(), swedish_site.home.pk
    payload = {"destination_id": home}
    response = call("POST", f"{PAGES}1/actions/{action}/", payload)
    assert response.status_code == 422, response.content
    assert "root" in response.json()["detail"]
    assert stored() == before


@pytest.mark.parametrize(
    ("method", "action", "payload"),
    [("POST", "actions/publish/", {}), ("PATCH", "", {"title": "Another"})],
    ids=["publish", "change"],
)
def test_an_alias_says_which_page_it_shows(
    swedish_site: ExampleSite, call: Any, method: str, action: str, payload: Any
) -> None:
    page = swedish_site.pages[ContentPage]
    alias = page.create_alias(parent=swedish_site.home, update_slug="alias")
    before = stored()
    response = call(method, f"{PAGES}{alias.pk}/{action}", payload)
    assert response.status_code == 422, response.content
    assert f"page {page.pk}" in response.json()["detail"]
    assert call(method, f"{PAGES}{alias.pk}/{action}", token="").status_code == 401
    assert stored() == before
    assert call("POST", f"{PAGES}{alias.pk}/actions/convert_alias/").status_code == 200
    assert call(method, f"{PAGES}{alias.pk}/{action}", payload).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("identity", ["abc", "1.5", "-1", "%C2%B2"])
def test_what_is_no_id_is_said_to_be_none(call: Any, method: str, identity: str) -> None:
    response = call(method, f"{PAGES}{identity}/")
    assert response.status_code in {404, 422}, response.content
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("position", [{}, {"position": None}, {"position": "left"}])
def test_nothing_is_moved_beside_the_root(
    call: Any, swedish_site: ExampleSite, position: dict[str, Any]
) -> None:
    page = swedish_site.pages[ContentPage]
    for root in (1, 1.0, "1"):
        payload = {"destination_id": root} | position
        response = call("POST", f"{PAGES}{page.pk}/actions/move/", payload)
        assert response.status_code == 422
        assert "last-child" in response.content.decode()
    assert Page.objects.get(pk=page.pk).path == page.path
    moved = call("POST", f"{PAGES}{page.pk}/actions/move/", {"destination_id": 0})
    assert moved.status_code in {404, 422}
