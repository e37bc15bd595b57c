"""A translator of Lule Sámi can do nothing in another language through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import APIToken, Page

from cms.delivery.tracking.transaction import tracked_transaction
from strategy.models import Municipality
from tests.cms.translation.scene import OTHERS, Scene
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

PAGES = "/api/v3/pages/"
FACTS = "/api/v3/snippets/strategy.Municipality/"

Request = tuple[str, str, dict[str, Any] | None]
"""Method, address and body."""


def page_request(method: str, action: str, **body: Any) -> Callable[[Scene, str], Request]:
    return lambda s, c: (method, f"{PAGES}{s.pages[c].pk}/{action}", body)


def fact_request(method: str, action: str, **body: Any) -> Callable[[Scene, str], Request]:
    return lambda s, c: (method, f"{FACTS}{s.facts[c].pk}/{action}", body)


def new_page(scene: Scene, code: str) -> Request:
    meta = {"type": "home.ContentPage", "parent_id": scene.homes[code].pk}
    return "post", PAGES, {"title": "x", "slug": "x", "meta": meta}


def revision_of(thing: Any) -> int:
    pk: int = (thing.latest_revision or thing.save_revision()).pk
    return pk


ACTIONS: dict[str, Callable[[Scene, str], Request]] = {
    "add": new_page,
    "change": page_request("patch", "", title="x", meta={"type": "home.ContentPage"}),
    "change and publish": page_request(
        "patch", "", title="x", meta={"type": "home.ContentPage", "action": "publish"}
    ),
    "delete": page_request("delete", ""),
    "delete by action": page_request("delete", "actions/delete/"),
    "publish": page_request("post", "actions/publish/"),
    "unpublish": page_request("post", "actions/unpublish/"),
    "move": lambda s, c: (
        "post",
        f"{PAGES}{s.pages[c].pk}/actions/move/",
        {"destination_id": s.homes["fi" if c == "se" else c].pk, "position": "last-child"},
    ),
    "copy": page_request("post", "actions/copy/", title="x", slug="x"),
    "copy for translation": page_request(
        "post", "actions/copy_for_translation/", locale="yi", copy_parents=True
    ),
    "alias": page_request("post", "actions/create_alias/", slug="x"),
    "revert": lambda s, c: (
        "post",
        f"{PAGES}{s.pages[c].pk}/actions/revert/",
        {"revision_id": revision_of(s.pages[c])},
    ),
    "change fact": fact_request("patch", "", name="x"),
    "change and publish fact": fact_request("patch", "", name="x", meta={"action": "publish"}),
    "delete fact": fact_request("delete", ""),
    "delete fact by action": fact_request("delete", "actions/delete/"),
    "publish fact": fact_request("post", "actions/publish/"),
    "unpublish fact": fact_request("post", "actions/unpublish/"),
    "revert fact": lambda s, c: (
        "post",
        f"{FACTS}{s.facts[c].pk}/actions/revert/",
        {"revision_id": revision_of(s.facts[c])},
    ),
    "copy fact for translation": fact_request("post", "actions/copy_for_translation/", locale="yi"),
}


@pytest.fixture(scope="module")
def module_scene(module_swedish_site: ExampleSite) -> Scene:
    with tracked_transaction():
        return Scene(module_swedish_site)


@pytest.fixture
def scene(module_scene: Scene, swedish_site: ExampleSite) -> Scene:
    """The scene of the module; what a test changes in the database is undone after it."""
    return module_scene


def ask(user: User, request: Request) -> Any:
    _token, key = APIToken.create_token(user=user, name="prov")
    method, address, body = request
    return getattr(Client(raise_request_exception=False), method)(
        address, body, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )


@pytest.mark.parametrize("name", ACTIONS)
def test_what_is_in_another_language_is_out_of_reach(name: str, scene: Scene) -> None:
    for code in OTHERS:
        request = ACTIONS[name](scene, code)
        before, numbers = scene.state(), (Page.objects.count(), Municipality.objects.count())
        response = ask(scene.user, request)
        assert response.status_code == 403, (code, response.content)
        assert scene.state() == before
        assert (Page.objects.count(), Municipality.objects.count()) == numbers


@pytest.mark.parametrize("name", ACTIONS)
def test_who_may_is_answered(name: str, scene: Scene) -> None:
    """Otherwise a wrong address would pass for a refusal."""
    chief = User.objects.create_superuser("chef", password="x")
    response = ask(chief, ACTIONS[name](scene, "fi"))
    if name == "move":
        # Its source decides where it stands.
        assert response.status_code == 422
        assert f"Move page {scene.pages['sv'].pk}." in response.json()["detail"]
    else:
        assert 200 <= response.status_code < 300, response.content


def test_nothing_of_ones_own_goes_to_another_language(scene: Scene) -> None:
    before = scene.state()
    own, other = scene.pages["smj"], scene.homes["fi"]
    for action, body in (
        ("move", {"destination_id": other.pk}),
        ("copy", {"destination_id": other.pk, "slug": "x"}),
        ("create_alias", {"destination_id": other.pk, "slug": "x"}),
    ):
        response = ask(scene.user, ("post", f"{PAGES}{own.pk}/actions/{action}/", body))
        assert response.status_code == 403, (action, response.content)
    assert scene.state() == before


def test_ones_own_language_is_open(scene: Scene) -> None:
    before = scene.state()
    for name in ("change", "publish", "change fact", "publish fact"):
        response = ask(scene.user, ACTIONS[name](scene, "smj"))
        assert response.status_code == 200, (name, response.content)
    assert scene.state() == before


ONLY_TRANSLATING = [
    name
    for name in ACTIONS
    if not name.startswith(("change", "publish", "revert", "copy for", "copy fact for"))
]


@pytest.mark.parametrize("name", ONLY_TRANSLATING)
def test_what_is_not_translating_is_refused_in_ones_own_language(name: str, scene: Scene) -> None:
    before = list(Page.objects.values_list("pk", "path", "live"))
    response = ask(scene.user, ACTIONS[name](scene, "smj"))
    assert response.status_code == 403, response.content
    assert list(Page.objects.values_list("pk", "path", "live")) == before


def test_an_alias_becomes_no_page_of_its_own(scene: Scene) -> None:
    alias = scene.pages["smj"]
    Page.objects.filter(pk=alias.pk).update(alias_of=scene.pages["sv"].pk)
    request = ("post", f"{PAGES}{alias.pk}/actions/convert_alias/", {})
    assert ask(scene.user, request).status_code == 403
    assert ask(User.objects.create_superuser("chef"), request).status_code == 200
