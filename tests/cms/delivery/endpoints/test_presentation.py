"""``fields`` picks members of documents, ``rich_text_format`` says how rich text is written."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.models import PublishedDocument
from home.models import ContentPage
from strategy.models import GoalPage, Municipality, StoryPage
from tests.cms.delivery.endpoints.asking import Ask, Fast, Views
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture
def ask() -> Views:
    """Asks Django alone: the fast path leaves it all of these, as one test shows."""
    return Views()


ALWAYS = {"key", "type", "language"}
LISTS = ("/entries/smj/?type=strategy.StoryPage", "/stories/?locale=smj")


def asked(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


def addresses(site: ExampleSite) -> list[str]:
    story = site.pages[StoryPage]
    path = PublishedDocument.objects.get(page_id=story.pk).path
    return [
        *LISTS,
        "/entries/sv/?search=scenen&type=strategy.StoryPage",
        "/stories/?locale=sv&search=scenen",
        f"/entries/sv/{story.translation_key}/",
        f"/entries/sv/find/?path={path}",
    ]


def shown(content: Any) -> list[Any]:
    """The documents of an answer."""
    found: list[Any] = content.get("items", [content])
    return found


def test_the_members_that_are_asked_for_come_alone(example_site: ExampleSite, ask: Ask) -> None:
    for path in addresses(example_site):
        whole = shown(ask(path).json())
        for names in ({"title", "path"}, {"key"}, {"related_pages", "meta"}):
            for query in (f"fields={','.join(names)}", "&".join(f"fields={n}" for n in names)):
                reply = ask(asked(path, query))
                assert reply.status == 200, reply.body
                few = shown(reply.json())
                assert len(few) == len(whole) > 0
                for one, all_of_it in zip(few, whole, strict=True):
                    assert one.keys() == names | ALWAYS
                    assert one["type"] == all_of_it["meta"]["type"]
                    assert (
                        all_of_it.items() >= {k: v for k, v in one.items() if k != "type"}.items()
                    )


def test_the_fast_path_leaves_them_to_the_views(example_site: ExampleSite, ask: Ask) -> None:
    for path in addresses(example_site):
        for query in ("fields=title", "rich_text_format=markdown"):
            fast = Fast()
            assert fast(asked(path, query)).body == ask(asked(path, query)).body
            assert fast.handed_over == 1


def test_members_stand_in_the_order_of_the_document(example_site: ExampleSite, ask: Ask) -> None:
    [one] = ask("/stories/?locale=sv&fields=path,title").json()["items"]
    assert list(one) == ["type", "title", "key", "path", "language"]


def test_what_some_type_has_is_known_for_all(example_site: ExampleSite, ask: Ask) -> None:
    key = example_site.targets.municipalities[0].translation_key
    reply = ask(f"/entries/sv/{key}/?fields=code,title,body")
    assert reply.json().keys() - {"title"} == {"code", *ALWAYS}
    label = Municipality._meta.label
    assert ask(f"/entries/sv/?type={label}&fields=statement").status == 200


@pytest.mark.parametrize("names", ["bogus", "title,bogus", "title,,path", "", "meta.type"])
def test_an_unknown_member_is_named(example_site: ExampleSite, ask: Ask, names: str) -> None:
    for path in addresses(example_site):
        reply = ask(asked(path, f"fields={names}"))
        assert reply.status == 422
        assert reply.headers["content-type"] == "application/problem+json"
        [error] = reply.json()["errors"]
        assert "fields" in error["loc"]
        wrong = next(name for name in names.split(",") if name not in ("title", "path"))
        assert repr(wrong) in error["msg"]


def test_pointers_lead_to_what_is_there(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[ContentPage]
    document = PublishedDocument.objects.get(page_id=page.pk)
    content = json.loads(bytes(document.body))
    content["languages"] = {"/title": "en", "/body/0/value": "fi", "/meta/parent/title": "en"}
    PublishedDocument.objects.filter(pk=document.pk).update(body=json.dumps(content).encode())
    one = ask(f"/entries/sv/{page.translation_key}/?fields=languages,body").json()
    assert one["languages"] == {"/body/0/value": "fi"}
    one = ask(f"/entries/sv/{page.translation_key}/?fields=languages,meta,title").json()
    assert one["languages"] == {"/title": "en", "/meta/parent/title": "en"}


def test_the_etag_is_that_of_the_answer(example_site: ExampleSite, ask: Ask) -> None:
    for path in addresses(example_site):
        tags = {}
        for query in ("fields=title", "fields=path", "rich_text_format=markdown", "fallback=true"):
            reply = ask(asked(path, query))
            tags[query] = reply.headers["etag"]
            again = ask(asked(path, query), If_None_Match=reply.headers["etag"])
            assert (again.status, again.body) == (304, b"")
            assert again.headers["cache-tag"] == reply.headers["cache-tag"]
            packed = ask(asked(path, query), Accept_Encoding="gzip")
            assert packed.headers["content-encoding"] == "gzip"
        assert len({*tags.values()}) == len(tags)
        assert ask(asked(path, "fields=title"), If_None_Match=tags["fields=path"]).status == 200


def test_a_change_of_what_is_left_out_changes_nothing(example_site: ExampleSite, ask: Ask) -> None:
    page = GoalPage.objects.get(pk=example_site.pages[GoalPage].pk)
    address = f"/entries/sv/{page.translation_key}/?fields=title"
    before = ask(address).headers["etag"]
    page.statement = "Something else"
    page.save_revision().publish()
    assert ask(address).headers["etag"] == before
    page.title = "Ett nytt mål"
    page.save_revision().publish()
    assert ask(address).headers["etag"] != before


def test_the_database_is_asked_for_no_more(example_site: ExampleSite, ask: Ask) -> None:
    for path in addresses(example_site):
        with CaptureQueriesContext(connection) as plain:
            ask(path)
        with CaptureQueriesContext(connection) as presented:
            reply = ask(asked(path, "fields=title,body&rich_text_format=markdown"))
        assert reply.status == 200
        # A list first looks whether it has been made before.
        assert len(presented) <= len(plain) + 1


def test_markdown_is_what_the_page_itself_gives(example_site: ExampleSite, ask: Ask) -> None:
    query = "rich_text_format=markdown"
    for page in example_site.pages.values():
        expected = ask(f"/pages/{page.pk}/?{query}").json()
        assert ask(f"/entries/sv/{page.translation_key}/?{query}").json() == expected
    by_key = {one["key"]: one for one in ask(f"/entries/sv/?{query}&limit=100").json()["items"]}
    for page in example_site.pages.values():
        expected = ask(f"/pages/{page.pk}/?{query}").json()
        assert by_key[str(page.translation_key)] == expected
    story = example_site.pages[StoryPage]
    [one] = ask(f"/stories/?locale=sv&{query}").json()["items"]
    assert one == ask(f"/pages/{story.pk}/?{query}").json()


def test_both_compose(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[ContentPage]
    address = f"/entries/sv/{page.translation_key}/"
    html = ask(f"{address}?fields=body").json()["body"]
    markdown = ask(f"{address}?fields=body&rich_text_format=markdown").json()["body"]
    whole = ask(f"{address}?rich_text_format=markdown").json()
    assert markdown == whole["body"] != html
    assert [block["type"] for block in markdown] == [block["type"] for block in html]
    assert "</p>" not in json.dumps(markdown)
    assert ask(f"{address}?rich_text_format=html").body == ask(address).body


def test_an_unknown_form_is_refused(example_site: ExampleSite, ask: Ask) -> None:
    for path in addresses(example_site):
        for form in ("db_html", "bogus", ""):
            reply = ask(asked(path, f"rich_text_format={form}"))
            assert reply.status == 422
            assert "rich_text_format" in reply.json()["errors"][0]["loc"]
