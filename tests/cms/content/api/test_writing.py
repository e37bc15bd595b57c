"""Other systems write what editors write: every field, with the same rules."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import APIToken, GroupPagePermission, Page

from strategy.models import GoalPage, StoryPage
from tests.factories.payloads import payload_of
from tests.factories.site import PAGE_TYPES, SNIPPET_TYPES, ExampleSite

pytestmark = pytest.mark.shared_out

Call = Callable[..., Any]
PAGES = "/api/v3/pages/"

DIFFERENT_IN_A_COPY = {"id", "key", "path", "slug", "breadcrumbs", "translations", "detail_url",
                       "html_url", "first_published_at", "published_at", "modified_at",
                       "position"}  # fmt: skip


def calls_with(token: str | None) -> Call:
    """Sends JSON with a token; errors of a view are answers with status 500."""
    client = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(method: str, address: str, payload: Any = None) -> Any:
        return getattr(client, method)(
            address, data=payload, content_type="application/json", headers=headers
        )

    return call


def token_of(user: Any) -> str:
    secret: str
    _token, secret = APIToken.create_token(user=user, name="another system")
    return secret


@pytest.fixture
def as_administrator(swedish_site: ExampleSite, admin_user: Any) -> Call:
    return calls_with(token_of(admin_user))


@pytest.fixture
def as_editor(swedish_site: ExampleSite) -> Call:
    """Somebody who may write under the start page and publish nothing."""
    group = Group.objects.create(name="Skribenter")
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=swedish_site.home,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=codename
            ),
        )
    user = get_user_model().objects.create_user("skribent", password="lösenord")
    user.groups.add(group)
    return calls_with(token_of(user))


@pytest.fixture
def as_nobody(swedish_site: ExampleSite) -> Call:
    """Somebody with a token and without any permission."""
    return calls_with(token_of(get_user_model().objects.create_user("ingen")))


def copy_of(page: Any, *, publish: bool = True) -> dict[str, Any]:
    """The payload of the same page once more, under a parent of which there may be another."""
    meta: dict[str, Any] = {"type": page._meta.label, "parent_id": page.get_parent().pk}
    if publish:
        meta["action"] = "publish"
    return {**payload_of(page), "slug": f"{page.slug}-2", "meta": meta}


def comparable(value: Any) -> Any:
    """A document without what is each page's own."""
    if isinstance(value, dict):
        return {
            name: comparable(member)
            for name, member in value.items()
            if name not in DIFFERENT_IN_A_COPY
        }
    if isinstance(value, list):
        return [comparable(member) for member in value]
    return value


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_page_that_is_written_reads_like_the_one_from_which_it_was_copied(
    page_type: type[Any],
    swedish_site: ExampleSite,
    as_administrator: Call,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Some types stand only once under a parent.
    monkeypatch.setattr(page_type, "max_count_per_parent", None)
    original = swedish_site.pages[page_type]
    response = as_administrator("post", PAGES, copy_of(original))
    assert response.status_code == 201, response.content
    after = as_administrator("get", f"{PAGES}{response.json()['id']}/").json()
    before = as_administrator("get", f"{PAGES}{original.pk}/").json()
    assert Page.objects.get(pk=after["id"]).live
    assert comparable(after) == comparable(before)


@pytest.mark.parametrize(
    "snippet_type",
    # Of which every site has one, and nobody makes another: see tests/home.
    [one for one in SNIPPET_TYPES if not getattr(one, "describes_sites", False)],
    ids=lambda snippet: snippet.__name__,
)
def test_a_snippet_that_is_written_reads_like_the_one_from_which_it_was_copied(
    snippet_type: type[Any], swedish_site: ExampleSite, as_administrator: Call
) -> None:
    original = snippet_type.objects.get(pk=snippet_type.objects.first().pk)
    address = f"/api/v3/snippets/{snippet_type._meta.label}/"
    payload = {**payload_of(original), "meta": {"action": "publish"}}
    response = as_administrator("post", address, payload)
    assert response.status_code == 201, response.content
    written = snippet_type.objects.get(pk=response.json()["id"])
    assert written.live
    assert payload_of(written) == payload_of(original)
    before = as_administrator("get", f"{address}{original.pk}/").json()
    after = as_administrator("get", f"{address}{written.pk}/").json()
    assert comparable(after) == comparable(before)


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_changing_one_field_leaves_the_rest(
    page_type: type[Any], swedish_site: ExampleSite, as_administrator: Call, visitor: Client
) -> None:
    page = swedish_site.pages[page_type]
    address = f"{PAGES}{page.pk}/"
    before = visitor.get(address).json()
    response = as_administrator(
        "patch", address, {"search_description": "Ny", "meta": {"action": "publish"}}
    )
    assert response.status_code == 200, response.content
    after = visitor.get(address).json()
    assert after["meta"].pop("search_description") == "Ny"
    before["meta"].pop("search_description")
    assert comparable(after) == comparable(before)


def test_a_draft_that_is_written_is_not_published(
    swedish_site: ExampleSite, as_administrator: Call, visitor: Client
) -> None:
    payload = copy_of(swedish_site.pages[StoryPage], publish=False)
    response = as_administrator("post", PAGES, payload)
    assert response.status_code == 201, response.content
    assert not Page.objects.get(pk=response.json()["id"]).live
    assert visitor.get(f"{PAGES}{response.json()['id']}/").status_code == 404


def test_rows_of_a_relation_keep_their_order(
    swedish_site: ExampleSite, as_administrator: Call, visitor: Client
) -> None:
    pages = [swedish_site.targets.goals[0], swedish_site.targets.areas[0]]
    story = swedish_site.pages[StoryPage]
    response = as_administrator(
        "patch",
        f"{PAGES}{story.pk}/",
        {"related_pages": [{"page": page.pk} for page in pages], "meta": {"action": "publish"}},
    )
    assert response.status_code == 200, response.content
    related = visitor.get(f"{PAGES}{story.pk}/").json()["related_pages"]
    assert [row["page"]["id"] for row in related] == [page.pk for page in pages]


WRONG_BODIES: dict[str, tuple[list[dict[str, Any]], str]] = {
    "a heading that skips a level": (
        [
            {"type": "heading", "value": {"text": "Två", "level": "2"}},
            {"type": "heading", "value": {"text": "Fyra", "level": "4"}},
        ],
        "level",
    ),
    "a heading of level 1": ([{"type": "heading", "value": {"text": "x", "level": "1"}}], "level"),
    "an unknown member": (
        [{"type": "quote", "value": {"text": "x", "autor": "Aili"}}],
        "autor",
    ),
    "an unknown block": ([{"type": "carousel", "value": {}}], "carousel"),
    "a link with two targets": (
        [{"type": "link", "value": {"text": "x", "page": 1, "url": "https://example.org/"}}],
        "only one",
    ),
    "a link with no target": ([{"type": "link", "value": {"text": "x"}}], "Choose a page"),
    "a text that is a number": ([{"type": "quote", "value": {"text": 5}}], "text"),
    "a quote without a text": ([{"type": "quote", "value": {"name": "Aili"}}], "text"),
    "a key figure without a number": (
        [{"type": "key_figure", "value": {"label": "x", "value": "många"}}],
        "value",
    ),
    "a table without headers": (
        [{"type": "table", "value": {"data": [["a"]], "table_header_choice": "neither"}}],
        "headers",
    ),
    "a video at an unknown address": (
        [{"type": "video", "value": {"title": "x", "url": "https://example.org/film"}}],
        "url",
    ),
    "an indicator that does not exist": (
        [{"type": "indicator", "value": {"indicator": 999999}}],
        "indicator",
    ),
    "a page that does not exist": (
        [{"type": "page_list", "value": {"title": "x", "pages": [999999]}}],
        "pages",
    ),
    "a list without pages": (
        [{"type": "page_list", "value": {"title": "x", "pages": []}}],
        "pages",
    ),
}


@pytest.mark.parametrize(("body", "named"), WRONG_BODIES.values(), ids=WRONG_BODIES.keys())
def test_a_body_that_breaks_a_rule_is_refused_and_nothing_is_stored(
    body: list[dict[str, Any]], named: str, swedish_site: ExampleSite, as_administrator: Call
) -> None:
    story = swedish_site.pages[StoryPage]
    payload = copy_of(story) | {"body": body}
    _refused_with_nothing_stored(as_administrator, payload, named)


def test_a_draft_that_breaks_rules_for_publishing_is_stored(
    swedish_site: ExampleSite, as_administrator: Call
) -> None:
    names = ("a heading that skips a level", "a link with two targets", "a link with no target",
             "a table without headers", "a video at an unknown address")  # fmt: skip
    body = [block for name in names for block in WRONG_BODIES[name][0]]
    body.append({"type": "image", "value": {"image": {"image": swedish_site.targets.images[0].pk}}})
    body.append({"type": "quote", "value": {"text": "", "name": "Aili"}})
    body.append({"type": "page_list", "value": {"title": "x", "pages": []}})
    story = swedish_site.pages[StoryPage]
    payload = copy_of(story, publish=False) | {"body": body, "image_alt_text": ""}
    response = as_administrator("post", PAGES, payload)
    assert response.status_code == 201, response.content
    publish = f"{PAGES}{response.json()['id']}/actions/publish/"
    refused = as_administrator("post", publish)
    assert refused.status_code == 422
    assert {(error["type"], *error["loc"]) for error in refused.json()["errors"]} == {
        ("heading_level_skipped", "body", 1, "value", "level"),
        ("link_target", "body", 2, "value", "url"),
        ("link_target", "body", 3, "value", "page"),
        ("table_without_headers", "body", 4, "value"),
        ("film_unplayable", "body", 5, "value", "url"),
        ("image_undescribed", "body", 6, "value", "image", "alt_text"),
        ("image_undescribed", "image_alt_text"),
        ("required_missing", "body", 7, "value", "text"),
        ("required_missing", "body", 8, "value", "pages"),
    }
    assert not Page.objects.get(pk=response.json()["id"]).live


def test_an_error_in_a_body_says_where_it_is(
    swedish_site: ExampleSite, as_administrator: Call
) -> None:
    body, _named = WRONG_BODIES["a heading that skips a level"]
    response = as_administrator(
        "post", PAGES, copy_of(swedish_site.pages[StoryPage]) | {"body": body}
    )
    (error,) = response.json()["errors"]
    assert error["loc"] == ["body", 1, "value", "level"]
    assert error["type"] == "heading_level_skipped"
    assert "level 4" in error["msg"]


def test_an_image_with_neither_text_nor_mark_is_refused(
    swedish_site: ExampleSite, as_administrator: Call
) -> None:
    image = swedish_site.targets.images[0].pk
    choice = {"image": image, "alt_text": "", "decorative": False}
    story = swedish_site.pages[StoryPage]
    in_the_body = copy_of(story) | {"body": [{"type": "image", "value": {"image": choice}}]}
    _refused_with_nothing_stored(as_administrator, in_the_body, "alt_text")
    of_the_page = copy_of(story) | {"image": image, "image_alt_text": ""}
    _refused_with_nothing_stored(as_administrator, of_the_page, "image_alt_text")


@pytest.mark.parametrize(
    ("page_type", "field", "value"),
    [
        (StoryPage, "year", "förra året"),
        (StoryPage, "year", 99),
        (StoryPage, "kind", "förening"),
        (StoryPage, "amount_sek", -1),
        (StoryPage, "municipality", 999999),
        (StoryPage, "image", 999999),
        (StoryPage, "body", "text"),
        (StoryPage, "related_pages", [{"page": 999999}]),
        (StoryPage, "title", ""),
        (StoryPage, "laed", "a mistyped name"),
        (GoalPage, "agenda_goals", [18]),
        (GoalPage, "agenda_goals", [0]),
        (GoalPage, "agenda_goals", ["fyra"]),
        (GoalPage, "agenda_goals", 4),
        (GoalPage, "target_year", 1066),
        (GoalPage, "indicators", [{"indicator": 1}]),
    ],
)
def test_a_field_of_the_wrong_kind_or_name_is_refused_by_name(
    page_type: type[Any],
    field: str,
    value: Any,
    swedish_site: ExampleSite,
    as_administrator: Call,
) -> None:
    payload = copy_of(swedish_site.pages[page_type]) | {field: value}
    _refused_with_nothing_stored(as_administrator, payload, field)


def _refused_with_nothing_stored(call: Call, payload: dict[str, Any], named: str) -> None:
    before = Page.objects.count()
    response = call("post", PAGES, payload)
    assert 400 <= response.status_code < 500, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert named in response.content.decode()
    assert Page.objects.count() == before


def test_a_page_in_the_wrong_place_is_refused(
    swedish_site: ExampleSite, as_administrator: Call
) -> None:
    payload = copy_of(swedish_site.pages[StoryPage])
    payload["meta"]["parent_id"] = swedish_site.home.pk
    before = Page.objects.count()
    response = as_administrator("post", PAGES, payload)
    assert 400 <= response.status_code < 500, response.content
    assert Page.objects.count() == before


def test_nobody_writes_without_a_token(swedish_site: ExampleSite) -> None:
    call = calls_with(None)
    page = swedish_site.pages[StoryPage]
    before = Page.objects.count()
    for method, address, payload in _writes(page):
        response = call(method, address, payload)
        assert response.status_code == 401, f"{method} {address}: {response.content!r}"
    assert Page.objects.count() == before


def test_nobody_writes_with_the_session_of_an_administrator(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    for method, address, payload in _writes(swedish_site.pages[StoryPage]):
        response = getattr(admin_client, method)(
            address, data=payload, content_type="application/json"
        )
        assert response.status_code == 401, f"{method} {address}: {response.content!r}"


def test_nobody_writes_without_the_permission(swedish_site: ExampleSite, as_nobody: Call) -> None:
    page = swedish_site.pages[StoryPage]
    before = Page.objects.count()
    for method, address, payload in _writes(page):
        response = as_nobody(method, address, payload)
        assert response.status_code == 403, f"{method} {address}: {response.content!r}"
    assert Page.objects.count() == before


def test_an_editor_writes_drafts_and_does_not_publish(
    swedish_site: ExampleSite, as_editor: Call
) -> None:
    story = swedish_site.pages[StoryPage]
    draft = as_editor("post", PAGES, copy_of(story, publish=False))
    assert draft.status_code == 201, draft.content
    published = as_editor("post", PAGES, copy_of(story) | {"slug": "annan"})
    assert published.status_code == 403, published.content
    assert not Page.objects.filter(slug="annan", live=True).exists()


def _writes(page: Any) -> list[tuple[str, str, Any]]:
    snippets = "/api/v3/snippets/strategy.Municipality/"
    return [
        ("post", PAGES, copy_of(page)),
        ("patch", f"{PAGES}{page.pk}/", {"title": "Nej"}),
        ("delete", f"{PAGES}{page.pk}/", None),
        ("post", f"{PAGES}{page.pk}/actions/unpublish/", {}),
        ("post", f"{PAGES}{page.pk}/actions/copy_for_translation/", {"locale": "fi"}),
        ("post", snippets, {"name": "Nej", "code": "1234"}),
    ]
