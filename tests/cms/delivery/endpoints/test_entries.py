"""``entries/``: whole documents in a language or the best of its fallbacks."""

from typing import Any
from uuid import uuid4

import pytest
from wagtail.contrib.redirects.models import Redirect

from cms.delivery.models import Entry, PublishedDocument
from cms.languages.registry import LANGUAGES, fallback_chain
from home.models import ContentPage, HomePage
from strategy.models import GoalPage, Municipality, StoryPage, StrategyPage
from tests.cms.delivery.endpoints.asking import Ask
from tests.factories.site import ExampleSite
from tests.factories.translations import translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def every_page(ask: Ask, path: str) -> list[Any]:
    """All items of a list, page by page."""
    found: list[Any] = []
    cursor = None
    sign = "&" if "?" in path else "?"
    for _page in range(200):
        content = ask(f"{path}{sign}cursor={cursor}" if cursor else path).json()
        found += content["items"]
        cursor = content["next"]
        if cursor is None:
            return found
    raise AssertionError("The list does not end.")


def test_a_document_in_its_language(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[StoryPage]
    reply = ask(f"/entries/sv/{page.translation_key}/")
    assert reply.status == 200
    assert reply.json() == ask(f"/pages/{page.pk}/").json()
    assert reply.headers["content-language"] == "sv"


def test_a_fallback_says_what_it_is(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[GoalPage]
    reply = ask(f"/entries/rom/{page.translation_key}/")
    assert reply.status == 200
    assert reply.headers["content-language"] == reply.json()["language"] == "sv"
    assert reply.json()["id"] == page.pk


def test_the_nearest_fallback_is_taken(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[GoalPage]
    finnish = translate(page, "fi")
    assert fallback_chain("fit") == ("fi", "sv")
    assert ask(f"/entries/fit/{page.translation_key}/").json()["id"] == finnish.pk
    assert ask(f"/entries/smj/{page.translation_key}/").json()["id"] == page.pk


def test_without_fallback_the_languages_are_named(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[StoryPage]
    live = sorted(
        PublishedDocument.objects.filter(key=page.translation_key, listed=True).values_list(
            "locale", flat=True
        )
    )
    reply = ask(f"/entries/rom/{page.translation_key}/?fallback=false")
    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["live_in"] == live
    assert reply.json()["asked_for"] == ["rom"]
    assert all(code in reply.json()["detail"] for code in live)


def test_an_unknown_key_is_not_there(example_site: ExampleSite, ask: Ask) -> None:
    key = uuid4()
    reply = ask(f"/entries/sv/{key}/")
    assert reply.status == 404
    assert str(key) in reply.json()["detail"]
    assert reply.json()["live_in"] == []


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/entries/xx/", "locale"),
        ("/entries/sv/?limit=0", "limit"),
        ("/entries/sv/?limit=101", "limit"),
        ("/entries/sv/?type=home.Nothing", "type"),
        ("/entries/sv/?ancestor=12", "ancestor"),
        ("/entries/sv/?cursor=zzz", "cursor"),
        ("/entries/sv/?cursor=", "cursor"),
        ("/entries/sv/?search=kurs&cursor=", "cursor"),
        ("/entries/sv/?cursor=WyJjIiwiYSIsMV0", "cursor"),
        ("/entries/sv/?cursor=" + "A" * 3_000, "cursor"),
        ("/entries/sv/?cursor=%F0%9F%98%80", "cursor"),
        ("/entries/sv/?fallback=perhaps", "fallback"),
        ("/entries/sv/?offset=3", "offset"),
        ("/entries/sv/find/", "path"),
        ("/entries/sv/find/?path=/sv/&language=fi", "language"),
    ],
)
def test_a_mistake_is_named(path: str, named: str, example_site: ExampleSite, ask: Ask) -> None:
    reply = ask(path)
    assert reply.status == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert named in reply.body.decode()


def test_each_key_is_listed_once_in_every_language(example_site: ExampleSite, ask: Ask) -> None:
    keys = {
        str(key)
        for key in PublishedDocument.objects.filter(listed=True).values_list("key", flat=True)
    }
    for code in LANGUAGES:
        found = [item["key"] for item in every_page(ask, f"/entries/{code}/?limit=7")]
        assert len(found) == len(set(found))
        chain = {code, *fallback_chain(code)}
        live = PublishedDocument.objects.filter(listed=True, locale__in=chain)
        assert set(found) == {str(key) for key in live.values_list("key", flat=True)} <= keys


def test_without_fallback_only_ones_own_are_listed(example_site: ExampleSite, ask: Ask) -> None:
    found = every_page(ask, "/entries/fi/?fallback=false&limit=100")
    assert found
    assert {item["language"] for item in found} == {"fi"}
    own = PublishedDocument.objects.filter(listed=True, locale="fi")
    assert {item["id"] for item in found if item["path"]} == set(
        own.exclude(page_id=None).values_list("page_id", flat=True)
    )


def test_titles_stand_in_the_order_of_the_language(example_site: ExampleSite, ask: Ask) -> None:
    for title in ("Öar", "Älvar", "Åar", "Berg"):
        example_site.home.add_child(instance=ContentPage(title=title, slug=f"x-{title.lower()}"))
    titles = [item["title"] for item in every_page(ask, "/entries/sv/?type=home.ContentPage")]
    wanted = ["Berg", "Åar", "Älvar", "Öar"]
    assert [title for title in titles if title in wanted] == wanted


def test_a_list_stays_where_it_is_while_content_changes(
    example_site: ExampleSite, ask: Ask
) -> None:
    whole = [item["key"] for item in every_page(ask, "/entries/sv/?limit=100")]
    first = ask("/entries/sv/?limit=5").json()
    example_site.home.add_child(instance=ContentPage(title="\u00a0AAA före allt", slug="forst"))
    rest = every_page(ask, f"/entries/sv/?limit=100&cursor={first['next']}")
    assert [item["key"] for item in [*first["items"], *rest]] == whole


def test_types_and_parts_of_the_tree(example_site: ExampleSite, ask: Ask) -> None:
    strategy = example_site.pages[StrategyPage]
    found = every_page(ask, f"/entries/sv/?ancestor={strategy.translation_key}&limit=50")
    assert {item["id"] for item in found} == {
        page.pk for page in strategy.get_descendants(inclusive=True).live()
    }
    types = {item["meta"]["type"] for item in found}
    assert types >= {"strategy.StrategyPage", "strategy.GoalPage"}
    goals = every_page(
        ask,
        f"/entries/sv/?ancestor={strategy.translation_key}&type=strategy.GoalPage"
        "&type=strategy.EffortPage",
    )
    assert {item["meta"]["type"] for item in goals} == {
        "strategy.GoalPage",
        "strategy.EffortPage",
    }


def test_snippets_are_entries_too(example_site: ExampleSite, ask: Ask) -> None:
    found = every_page(ask, "/entries/sv/?type=strategy.Municipality")
    assert len(found) == Municipality.objects.filter(locale__language_code="sv", live=True).count()
    assert {"key", "path", "language", "languages", "translations", "name", "code"} <= set(found[0])
    assert found[0]["path"] is None
    one = ask(f"/entries/sv/{found[0]['key']}/")
    assert one.json() == found[0]


def test_an_alias_of_another_language_announces_nothing(
    example_site: ExampleSite, ask: Ask
) -> None:
    alias = example_site.translations[ContentPage, "smj"]
    assert alias.alias_of_id is not None
    assert ask(f"/pages/{alias.pk}/").json()["language"] == "sv"
    entry = ask(f"/entries/smj/{alias.translation_key}/").json()
    assert entry["id"] == example_site.pages[ContentPage].pk
    assert ask(f"/entries/smj/{alias.translation_key}/?fallback=false").status == 404


def test_a_path_in_any_language_finds_the_entry(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[StoryPage]
    english = example_site.translations[StoryPage, "en"]
    path = page.get_url_parts()[2]
    assert ask(f"/entries/en/find/?path={path}").json()["id"] == english.pk
    assert ask(f"/entries/sv/find/?path={english.get_url_parts()[2]}").json()["id"] == page.pk
    assert ask(f"/entries/en/find/?path={path.strip('/')}").json()["id"] == english.pk
    assert ask(f"/entries/rom/find/?path={path}&fallback=false").status == 404
    missing = ask("/entries/sv/find/?path=/sv/ingenting/")
    assert missing.status == 404
    assert "/sv/ingenting/" in missing.json()["detail"]


def test_a_page_that_moved_is_a_redirect(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[StoryPage]
    Redirect.objects.create(old_path="/sv/gammal", redirect_page=page)
    reply = ask("/entries/en/find/?path=/sv/gammal/")
    assert reply.status == 301
    followed = ask(reply.headers["location"].removeprefix("/api/v3"))
    assert followed.json()["key"] == str(page.translation_key)


def test_the_start_page_has_a_path_too(example_site: ExampleSite, ask: Ask) -> None:
    home = example_site.pages[HomePage]
    assert ask("/entries/sv/find/?path=/sv/").json()["id"] == home.pk


def test_entries_are_counted_from_documents(example_site: ExampleSite) -> None:
    assert Entry.objects.filter(is_own=True).count() == (
        PublishedDocument.objects.filter(listed=True).count()
    )
