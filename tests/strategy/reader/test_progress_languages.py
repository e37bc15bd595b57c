"""The page *How is the county doing?* is there in every language, at an address that lasts."""

import pytest
from django.test import Client

from cms.languages.registry import LANGUAGES
from strategy.models import GoalPage
from tests.factories.site import ExampleSite
from tests.strategy.reader.goals import opened

pytestmark = pytest.mark.shared_out


def test_it_is_there_in_every_language(example_site: ExampleSite, visitor: Client) -> None:
    """In a language of its own, else in a fallback that it says; each part says its language."""
    own = {"sv": "/sv/strategi/", "en": "/en/strategi-en/"}
    for code in LANGUAGES:
        address = own.get(code, f"/{code}/strategi/") + "progress.html"
        page = opened(visitor, address)
        language = page.find("html")[0].attributes["lang"]
        assert language == (code if code in own else "sv")
        assert visitor.get(address)["Content-Language"] == language
        [canonical] = page.find("link", rel="canonical")
        assert canonical.attributes["href"].endswith(f"{own[language]}progress.html")
        others = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.find("link", rel="alternate")
        }
        # Where another language stands in, its own page names the translations.
        assert set(others) == ({"sv", "en", "x-default"} if code in own else set())
        switch = page.find("details", class_="languages")[0].find("a")
        assert len(switch) >= len(own)
        for path in [*others.values(), *(link.attributes["href"] for link in switch)]:
            assert path.endswith("/progress.html")
    # The slug that it had before it was translated leads on.
    moved = visitor.get("/en/strategi/progress.html")
    assert (moved.status_code, moved["Location"]) == (301, "/en/strategi-en/progress.html")
    english = opened(visitor, "/en/strategi-en/progress.html")
    assert english.find("h1")[0].whole_text() == "How is the county doing?"
    assert [one.attributes["href"] for one in english.find("li", class_="goal")[0].find("a")] == [
        example_site.translations[GoalPage, "en"].url
    ]
