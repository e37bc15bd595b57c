"""Lists of pages are marked by what they list, not by what their address is called."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from cms.delivery.caching.tags import PAGES_TAG
from cms.delivery.http.validation_middleware import ValidationMiddleware
from home.models import HomePage
from tests.factories.site import ExampleSite


def answered(view_name: str, answer: HttpResponseBase) -> Any:
    """An answer of a view of API v3 as it leaves the middleware."""
    request = RequestFactory().get("/api/v3/towns/")
    request.resolver_match = SimpleNamespace(
        view_name=f"wagtailapi_v3:{view_name}", route="api/v3/towns/"
    )  # type: ignore[assignment]
    return ValidationMiddleware(lambda _request: answer)(request)


@pytest.mark.parametrize(
    "said",
    [
        {"items": [{"code": "2505"}]},
        {"items": [{"id": 1, "meta": {"type": "strategy.Municipality"}}]},
        {"items": [{"id": 1, "meta": None}]},
        {"items": ["Arvidsjaur"]},
        {"towns": ["Arvidsjaur"]},
        ["Arvidsjaur"],
    ],
)
def test_a_list_of_something_else_is_left_as_it_is(said: Any) -> None:
    answer = answered("list_towns", JsonResponse(said, safe=False))
    assert answer.status_code == 200
    assert "Cache-Tag" not in answer.headers


def test_what_is_no_json_is_left_as_it_is() -> None:
    for other in (HttpResponse("a,b"), StreamingHttpResponse([b"a,b"])):
        assert "Cache-Tag" not in answered("list_towns", other).headers


def test_a_list_of_pages_is_marked(example_site: ExampleSite) -> None:
    page = example_site.pages[HomePage]
    listed = {"items": [{"id": page.pk, "meta": {"type": "home.HomePage"}}]}
    answer = answered("list_stories", JsonResponse(listed))
    assert answer.headers["Cache-Tag"] == PAGES_TAG
    assert answer.headers["Content-Language"] == "sv"


@pytest.mark.django_db
def test_one_that_is_empty_now_is_told_of_pages_to_come(visitor: Client) -> None:
    assert answered("list_stories", JsonResponse({"items": []})).headers["Cache-Tag"] == PAGES_TAG


def test_a_list_of_pages_without_their_ids_is_answered(
    example_site: ExampleSite, visitor: Client
) -> None:
    answer = visitor.get("/api/v2/pages/?fields=_,title")
    assert answer.status_code == 200, answer.content
    assert answer.headers["Cache-Tag"] == PAGES_TAG
