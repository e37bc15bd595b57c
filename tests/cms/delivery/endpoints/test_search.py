"""``entries/{locale}/?search=``: the address; how well it finds is tested beside the search."""

import re
from urllib.parse import quote

import pytest

from home.models import ContentPage, HomePage
from tests.cms.delivery.endpoints.asking import Ask
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def water(example_site: ExampleSite) -> ContentPage:
    page = ContentPage(
        title="Čáhci i Älvsbyn", slug="cahci", introduction="<p>Om vatten & is i älven.</p>"
    )
    example_site.home.add_child(instance=page)
    return page


def test_what_is_published_is_found(water: ContentPage, ask: Ask) -> None:
    key = str(water.translation_key)
    for words in ("cahci", "Čáhci", "Älvsb", '"vatten & is"'):
        content = ask(f"/entries/sv/?search={words.replace('&', '%26')}").json()
        assert [item["key"] for item in content["items"]] == [key], words
        assert content["excerpts"][key]
        assert content["next"] is None
    marked = ask("/entries/sv/?search=vatten").json()["excerpts"][key]
    assert marked == "Om <mark>vatten</mark> &amp; is i älven."
    assert ask("/entries/sv/?search=alvsbyn").json()["items"] == []
    water.unpublish()
    assert ask("/entries/sv/?search=cahci").json()["items"] == []


def test_a_fallback_is_found_in_its_place(water: ContentPage, ask: Ask) -> None:
    found = ask("/entries/smj/?search=cahci")
    assert [item["id"] for item in found.json()["items"]] == [water.pk]
    assert found.headers["content-language"] == "sv"
    assert ask("/entries/smj/?search=cahci&fallback=false").json()["items"] == []
    assert ask("/entries/sv/?search=cahci&type=strategy.GoalPage").json()["items"] == []
    home = water.get_parent().translation_key
    assert len(ask(f"/entries/sv/?search=cahci&ancestor={home}").json()["items"]) == 1


def test_an_excerpt_marks_what_is_in_another_language(example_site: ExampleSite, ask: Ask) -> None:
    """The start page in Lule Sámi is partly Swedish still."""
    home = example_site.translations[HomePage, "smj"]
    document = ask(f"/pages/{home.pk}/").json()
    assert document["languages"]["/introduction"] == "sv"
    assert "/vision" not in document["languages"]
    swedish, own = (
        re.sub("<[^>]+>", "", document[name]).split()[1] for name in ("introduction", "vision")
    )
    key = str(home.translation_key)
    for word, is_swedish in ((swedish, True), (own, False)):
        reply = ask(f'/entries/smj/?search="{quote(word)}"&type=home.HomePage')
        excerpt = reply.json()["excerpts"][key]
        parts = re.split('<span lang="sv">(.*?)</span>', excerpt)
        # Between the spans stands what is Lule Sámi, within them what is Swedish.
        marked_in = [number % 2 for number, part in enumerate(parts) if "<mark>" in part]
        assert marked_in[0] == is_swedish, excerpt


def test_page_by_page(example_site: ExampleSite, ask: Ask) -> None:
    whole = [item["key"] for item in ask("/entries/sv/?search=a&limit=100").json()["items"]]
    assert len(whole) > 6
    found: list[str] = []
    cursor = ""
    while True:
        content = ask(f"/entries/sv/?search=a&limit=3{cursor}").json()
        found += [item["key"] for item in content["items"]]
        if content["next"] is None:
            break
        cursor = f"&cursor={content['next']}"
    assert found == whole


@pytest.mark.parametrize("words", ['"', "NEAR(", "a*b:c", "%27%20OR%201=1", "😀", "-", ""])
def test_whatever_is_typed_is_words(words: str, water: ContentPage, ask: Ask) -> None:
    assert ask(f"/entries/sv/?search={words}").status == 200


def test_a_mistake_is_named(water: ContentPage, ask: Ask) -> None:
    reply = ask("/entries/sv/?search=a&cursor=nonsense")
    assert reply.status == 422
    assert "'nonsense' is no cursor of this search." in reply.json()["errors"][0]["msg"]
    assert ask(f"/entries/sv/?search={'a' * 257}").status == 422
