"""Pages for what is not there and for what went wrong, in the language of the path."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error

from tests.cms.content.reader.markup import read
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


@pytest.mark.parametrize(
    ("path", "language"),
    [("/sv/nej/", "sv"), ("/en/no/", "en"), ("/fi/ei/", "fi"), ("/smj/nej/", "sv")],
)
def test_a_missing_page_answers_in_the_language_of_its_path(
    path: str, language: str, example_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(path)
    assert response.status_code == 404
    [html] = read(response.content.decode()).find("html")
    assert html.attributes == {"lang": language, "dir": "ltr"}


def test_a_missing_page_in_finnish_is_finnish_where_meankieli_has_no_words(
    example_site: ExampleSite, visitor: Client
) -> None:
    [html] = read(visitor.get("/fit/ei/").content.decode()).find("html")
    assert html.attributes["lang"] == "fi"


def test_an_error_page_needs_no_database() -> None:
    with translation.override("fi"):
        response = server_error(RequestFactory().get("/fi/"))
    [html] = read(response.content.decode()).find("html")
    assert html.attributes["lang"] == "fi"
