"""A translated page marks every part of it that is in another language."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import Translation

from cms.languages.registry import LANGUAGES
from home.models import ContentPage, HomePage
from tests.cms.content.reader.conftest import Reader
from tests.cms.content.reader.markup import Element, read_preview
from tests.factories.site import PAGE_TYPES, ExampleSite

pytestmark = pytest.mark.shared_out


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_translated_page_of_each_type_is_well_formed(
    page_type: type[Any], example_site: ExampleSite, reader: Reader
) -> None:
    reader(example_site.translations[page_type, "en"].url)


def test_a_part_in_another_language_says_so(example_site: ExampleSite, reader: Reader) -> None:
    page = reader(example_site.translations[HomePage, "smj"].url)
    [heading] = page.find("h1")
    assert heading.nearest("lang") == "smj"
    introduction, *_around = page.find("div", class_="text")
    assert introduction.attributes["lang"] == "sv"
    assert introduction.attributes["dir"] == "ltr"


def test_every_swedish_text_on_a_partly_translated_page_is_marked(
    example_site: ExampleSite, reader: Reader, visitor: Client
) -> None:
    translated = example_site.translations[ContentPage, "fi"]
    document = visitor.get(f"/api/v3/pages/{translated.pk}/").json()
    body = reader(translated.url).find("body")[0]
    swedish = [
        text
        for pointer in document["languages"]
        if "<" not in (text := value_at(document, pointer)) and not pointer.startswith("/meta")
        # A link to a file says what its editor wrote, and not what the file is called.
        if not pointer.endswith("/document/title")
    ]
    assert len(swedish) > 10
    for text in swedish:
        found = [
            element
            for element in body.all()
            if text in (element.text.strip(), element.attributes.get("alt"))
        ]
        assert found, text
        assert {element.nearest("lang") for element in found} == {"sv"}, text


def value_at(document: Any, pointer: str) -> str:
    """The value to which a JSON Pointer leads."""
    value = document
    for step in pointer.split("/")[1:]:
        value = value[int(step) if isinstance(value, list) else step]
    return str(value)


def test_a_page_that_is_an_alias_is_in_the_language_of_what_it_shows(
    example_site: ExampleSite, reader: Reader
) -> None:
    [html] = reader(example_site.translations[ContentPage, "smj"].url).find("html")
    assert html.attributes["lang"] == "sv"


def test_a_link_to_a_page_in_another_language_says_so(
    example_site: ExampleSite, reader: Reader
) -> None:
    page = reader(example_site.translations[HomePage, "smj"].url)
    main = page.find("main")[0]
    links = [link for link in main.find("a") if link.attributes.get("hreflang") == "sv"]
    assert links
    assert {link.nearest("lang") for link in links} == {"sv"}


def test_the_language_switch_offers_only_what_there_is(
    example_site: ExampleSite, reader: Reader
) -> None:
    page = reader("/fi/")
    switch = page.find("details", class_="languages")[0]
    links = {
        link.attributes["hreflang"]: link
        for link in switch.find("a")
        if "hreflang" in link.attributes
    }
    assert list(links) == ["sv", "en", "fi", "smj"]
    assert {code: link.whole_text() for code, link in links.items()} == {
        code: LANGUAGES[code].name for code in links
    }
    assert all(link.attributes["lang"] == code for code, link in links.items())
    assert [code for code, link in links.items() if "aria-current" in link.attributes] == ["fi"]
    alternates = page.find("head")[0].find("link", rel="alternate")
    offered = [link.attributes.get("hreflang") for link in alternates]
    assert list(filter(None, offered)) == ["sv", "x-default", "en", "fi", "smj"]


def test_our_own_words_are_marked_where_a_language_has_none(
    example_site: ExampleSite, reader: Reader
) -> None:
    def skip_link(page: Element) -> Element:
        return page.find("a", class_="skip")[0]

    assert not skip_link(reader("/fi/")).children
    [words] = skip_link(reader("/smj/")).children
    assert words.attributes == {"lang": "sv", "dir": "ltr"}


def test_a_translation_is_previewed_in_its_language(
    example_site: ExampleSite, editor: Client
) -> None:
    translation = Translation.objects.get(
        source__object_id=example_site.home.translation_key, target_locale__language_code="smj"
    )
    response = editor.get(reverse("wagtail_localize:preview_translation", args=[translation.pk]))
    assert response.status_code == 200
    page = read_preview(response.content.decode())
    assert page.find("html")[0].attributes["lang"] == "smj"
    assert page.find("div", class_="text")[0].nearest("lang") == "sv"
