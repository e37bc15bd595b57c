"""A page says which language it is in, and which way it runs; so do our own words."""

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy

from cms.content.reader import interface_strings
from cms.content.reader.parts import read_document
from cms.languages.registry import LANGUAGES
from home.models import HomePage
from strategy import models as strategy
from tests.cms.content.reader.conftest import Reader
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, only, translate

pytestmark = pytest.mark.shared_out


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_says_its_language_and_direction(
    code: str, swedish_site: ExampleSite, reader: Reader
) -> None:
    if code != "sv":
        translate(swedish_site.home, code)
    [html] = reader(f"/{code}/").find("html")
    assert html.attributes == {"lang": code, "dir": LANGUAGES[code].direction}


def test_yiddish_runs_from_right_to_left_and_swedish_in_it_does_not(
    swedish_site: ExampleSite, reader: Reader
) -> None:
    translate(swedish_site.home, "yi", only(marked("yi"), "title", "slug"))
    page = reader("/yi/")
    assert page.find("html")[0].attributes["dir"] == "rtl"
    introduction, *_around = page.find("div", class_="text")
    assert introduction.nearest("dir") == "ltr"


def test_a_partly_translated_rich_text_leaves_it_to_its_paragraphs() -> None:
    document = {
        "language": "yi", "key": "x", "languages": {"/introduction": "mul"},
        "introduction": '<p>…</p><p lang="sv" dir="ltr">Svenska</p>',
    }  # fmt: skip
    html = str(read_document(document, HomePage)["introduction"])
    assert html == f'<div class="text">{document["introduction"]}</div>'


def test_our_words_come_from_the_nearest_language_that_has_them() -> None:
    assert interface_strings.interface_language("en") == "en"
    assert interface_strings.interface_language("fit") == "fi"
    assert interface_strings.interface_language("smj") == "sv"
    assert interface_strings.interface_language("tlh") == "sv"


def test_words_with_a_language_of_their_own_are_escaped() -> None:
    assert (
        interface_strings.interface_string(gettext_lazy("a < b"), "yi")
        == '<span lang="sv" dir="ltr">a &lt; b</span>'
    )


def test_a_snippet_in_a_fallback_language_is_marked(
    swedish_site: ExampleSite, reader: Reader, visitor: Client
) -> None:
    for ancestor in (HomePage, strategy.StoriesPage):
        translate(swedish_site.pages[ancestor], "en")
    story = translate(swedish_site.pages[strategy.StoryPage], "en")
    page = reader(story.url)
    municipality = visitor.get(f"/api/v3/pages/{story.pk}/").json()["municipality"]
    [name] = [element for element in page.find("span") if element.text == municipality["title"]]
    assert name.attributes == {"lang": "sv", "dir": "ltr"}
