"""A page that a language lacks: shown in another one, and never said to be what it is not."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import ContentPage, HomePage
from strategy import models as strategy
from tests.cms.content.reader.conftest import Reader
from tests.cms.content.reader.markup import Element
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, only, translate

pytestmark = pytest.mark.shared_out

SWEDISH = "Den här texten finns inte än på {}. Du läser den på svenska."


def notices(page: Element) -> list[tuple[str | None, str]]:
    """The sentences which say that a page is in another language, each with its language."""
    return [
        (sentence.nearest("lang"), sentence.whole_text())
        for aside in page.find("aside", class_="notice")
        for sentence in aside.find("p")
    ]


def test_a_page_that_is_missing_is_shown_in_swedish_and_says_so(
    example_site: ExampleSite, reader: Reader
) -> None:
    page = reader("/smj/utveckling/kultur/")
    assert page.find("html")[0].attributes == {"lang": "sv", "dir": "ltr"}
    assert page.find("h1")[0].whole_text() == "Kultur"
    assert notices(page) == [
        ("sv", SWEDISH.format("lulesamiska")),
        ("en", "This text is not yet in Lule Sámi. You read it in Swedish."),
    ]
    head = page.find("head")[0]
    [canonical] = head.find("link", rel="canonical")
    assert canonical.attributes["href"].endswith("/sv/utveckling/kultur/")
    languages = [one.attributes.get("hreflang") for one in head.find("link", rel="alternate")]
    assert not list(filter(None, languages))


def test_where_the_sentence_is_attested_it_stands_in_that_language_too(
    example_site: ExampleSite, reader: Reader
) -> None:
    assert [language for language, _text in notices(reader("/fi/utveckling/kultur/"))] == [
        "fi",
        "sv",
    ]
    assert not notices(reader("/sv/utveckling/kultur/"))
    assert not notices(reader("/en/"))


def test_links_of_the_frame_and_of_what_is_below_stay_in_the_language(
    example_site: ExampleSite, reader: Reader
) -> None:
    page = reader("/smj/utveckling/")
    [menu] = page.find("nav", class_="menu")
    paths = [link.attributes["href"] for link in menu.find("a")]
    assert paths
    assert all(path.startswith("/smj/") for path in paths)
    cards = page.find("section", class_="cards")
    below = [link.attributes["href"] for one in cards for link in one.find("a")]
    assert "/smj/utveckling/kultur/" in below
    [crumbs] = page.find("nav", class_="breadcrumbs")
    assert crumbs.find("a")[0].attributes["href"] == "/smj/"


def test_once_translated_the_former_address_leads_to_the_page(
    example_site: ExampleSite, visitor: Client
) -> None:
    assert visitor.get("/fi/utveckling/").status_code == 200
    translated = translate(
        example_site.pages[strategy.DevelopmentAreasPage], "fi", only(marked("fi"), "title", "slug")
    )
    former = visitor.get("/fi/utveckling/")
    assert (former.status_code, former["Location"]) == (301, translated.url)
    below = visitor.get("/fi/utveckling/kultur/?utm=1")
    assert below.status_code == 301
    assert below["Location"] == f"{translated.url}kultur/?utm=1"
    assert visitor.get(f"{translated.url}kultur/").status_code == 200


def test_a_real_page_comes_before_what_stands_in(example_site: ExampleSite, reader: Reader) -> None:
    smj = example_site.translations[HomePage, "smj"]
    other = ContentPage(title="Sijddo", slug="utveckling", locale=smj.locale)
    smj.add_child(instance=other)
    other.save_revision().publish()
    page = reader("/smj/utveckling/")
    assert page.find("h1")[0].whole_text() == "Sijddo"
    # What stood there is reached where it really is.
    links = {link.attributes.get("href") for link in reader("/smj/").find("a")}
    assert "/sv/utveckling/" in links


def test_a_page_that_nobody_may_see_stands_in_for_nothing(
    example_site: ExampleSite, visitor: Client
) -> None:
    culture = example_site.pages[strategy.CulturePage]
    PageViewRestriction.objects.create(page=culture, restriction_type="login")
    assert visitor.get("/smj/utveckling/kultur/").status_code == 404
    assert visitor.get("/sv/utveckling/kultur/").status_code == 302
    assert b"/kultur/" not in visitor.get("/smj/utveckling/").content


def test_a_language_without_any_page_shows_the_start_page_of_another(
    example_site: ExampleSite, reader: Reader
) -> None:
    page = reader("/yi/")
    assert page.find("html")[0].attributes["lang"] == "sv"
    # Another language has the same tree, since nothing is translated into it either.
    assert reader("/rom/").find("header", class_="frame")[0].attributes["lang"] == "rom"
    page = reader("/yi/")
    assert page.find("header", class_="frame")[0].attributes == {
        "class": "frame",
        "lang": "yi",
        "dir": "rtl",
    }
    assert notices(page)[0] == ("sv", SWEDISH.format("jiddisch"))
