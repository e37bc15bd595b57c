"""The visitor's language: known to pages, no business of the API."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from cms.languages.middleware import PageLocaleMiddleware


def respond(path: str, accept_language: str = "fi") -> tuple[HttpResponse, str | None]:
    """The response for a path, and the language that was active while it was made."""
    active: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        active.append(translation.get_language())
        return HttpResponse("")

    request = RequestFactory().get(path, headers={"accept-language": accept_language})
    with translation.override(None):
        response = PageLocaleMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    return response, active[0]


@pytest.mark.parametrize("path", ["/api/v3/pages/", "/api/v2/pages/?x=1"])
def test_the_api_varies_by_no_language(path: str) -> None:
    response, active = respond(path)
    assert "Vary" not in response.headers
    assert "Content-Language" not in response.headers
    assert active == "sv"


def test_the_api_does_not_inherit_the_language_of_the_request_before() -> None:
    translation.activate("fi")
    try:
        request = RequestFactory().get("/api/v3/pages/")
        PageLocaleMiddleware(lambda request: HttpResponse(""))(request)
        assert translation.get_language() == "sv"
    finally:
        translation.deactivate()


def test_a_page_is_in_the_language_of_its_address() -> None:
    response, active = respond("/smj/")
    assert response.headers["Content-Language"] == "smj"
    assert active == "smj"


def test_elsewhere_the_visitor_decides() -> None:
    response, active = respond("/admin/login/")
    assert response.headers["Vary"] == "Accept-Language"
    assert active == "fi"
