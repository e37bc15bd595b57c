"""``changes/`` and ``export/``: everything, then only what changed, and never another state."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.delivery.http.cursors import change_cursor
from cms.delivery.models import Feed, PublishedDocument, Removal
from cms.delivery.publishing.periodic_tasks import forget_removals
from home.models import ContentPage
from strategy.models import EffortPage, StoryPage
from tests.cms.delivery.endpoints.asking import Views
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

ask = Views()
Mirror = dict[tuple[str, str], Any]


def apply(mirror: Mirror, since: str = "", question: str = "limit=7") -> str:
    """Applies every change after a cursor; returns where it ended."""
    for _page in range(500):
        content = ask(f"/changes/?{question}" + (f"&since={since}" if since else "")).json()
        for item in content["items"]:
            place = item["key"], item["locale"]
            if item["op"] == "publish":
                mirror[place] = item["document"]
            else:
                mirror.pop(place, None)
        since = content["next"]
        if not content["more"]:
            return since
    raise AssertionError("The feed does not end.")


def fresh(site: ExampleSite, kind: type[Any]) -> Any:
    """A page of the site as it is in the database: what a test before did is undone there alone."""
    return kind.objects.get(pk=site.pages[kind].pk)


def unpublish(site: ExampleSite, kind: type[Any]) -> None:
    fresh(site, kind).unpublish()


def exported(question: str = "") -> tuple[Any, Mirror]:
    """The header of an export, and its documents."""
    reply = ask(f"/export/all.ndjson{question}")
    assert reply.headers["content-type"] == "application/x-ndjson"
    header, *lines = reply.body.decode().splitlines()
    documents = [json.loads(line) for line in lines]
    return json.loads(header), {
        (document["key"], document["meta"]["locale"]): document for document in documents
    }


def live() -> Mirror:
    documents = PublishedDocument.objects.filter(listed=True)
    return {
        (str(document.key), document.locale): json.loads(bytes(document.body))
        for document in documents
    }


def test_everything_and_then_what_changed(example_site: ExampleSite) -> None:
    mirror: Mirror = {}
    cursor = apply(mirror)
    assert mirror == live() == exported()[1]
    assert ask(f"/changes/?since={cursor}").json() == {"items": [], "next": cursor, "more": False}
    story = fresh(example_site, StoryPage)
    story.title = "En annan berättelse"
    story.save_revision().publish()
    effort = fresh(example_site, EffortPage)
    gone = {
        (str(effort.translation_key), locale)
        for locale in PublishedDocument.objects.filter(
            key=effort.translation_key, listed=True
        ).values_list("locale", flat=True)
    }
    effort.unpublish()
    new = ContentPage(title="Nytt", slug="nytt")
    example_site.home.add_child(instance=new)
    removed = [
        item
        for item in ask(f"/changes/?since={cursor}&limit=1000").json()["items"]
        if item["op"] == "remove"
    ]
    assert {(item["key"], item["locale"]) for item in removed} == gone
    assert all(item["document"] is None and item["digest"] is None for item in removed)
    apply(mirror, cursor)
    assert mirror == live() == exported()[1]
    assert (str(new.translation_key), "sv") in mirror
    assert mirror[str(story.translation_key), "sv"]["title"] == "En annan berättelse"


def test_a_document_that_changes_while_it_is_read_is_not_missed(
    example_site: ExampleSite,
) -> None:
    mirror: Mirror = {}
    first = ask("/changes/?limit=5").json()
    assert first["more"]
    for item in first["items"]:
        mirror[item["key"], item["locale"]] = item["document"]
    seen = PublishedDocument.objects.exclude(page_id=None).order_by("sequence")
    for page in Page.objects.filter(pk__in=[document.page_id for document in seen[:2]]):
        if page.depth > 2:
            page.specific.delete()
    fresh(example_site, EffortPage).delete()
    apply(mirror, first["next"])
    assert mirror == live()


def test_an_export_goes_on_with_changes(example_site: ExampleSite) -> None:
    header, mirror = exported()
    assert {"cursor", "generated", "languages", "schema", "without_language"} == set(header)
    counts = {language["code"]: language["documents"] for language in header["languages"]}
    assert sum(counts.values()) == len(mirror)
    unpublish(example_site, StoryPage)
    apply(mirror, header["cursor"])
    assert mirror == live()


def test_one_language_and_one_type(example_site: ExampleSite) -> None:
    mirror: Mirror = {}
    apply(mirror, question="locale=fi&limit=3")
    assert mirror == {place: each for place, each in live().items() if place[1] == "fi"}
    reply = ask("/export/fi.ndjson")
    header, *lines = reply.body.decode().splitlines()
    assert [language["code"] for language in json.loads(header)["languages"]] == ["fi"]
    assert len(lines) == len(mirror)
    assert reply.headers["content-language"] == "fi"
    _header, goals = exported("?type=strategy.GoalPage")
    assert {each["meta"]["type"] for each in goals.values()} == {"strategy.GoalPage"}
    mirror = {}
    apply(mirror, question="type=strategy.GoalPage&type=strategy.Municipality")
    assert {each["meta"]["type"] for each in mirror.values()} == {
        "strategy.GoalPage",
        "strategy.Municipality",
    }


def test_an_export_is_compressed_from_what_is_stored(example_site: ExampleSite) -> None:
    plain = ask("/export/all.ndjson").body.split(b"\n", 1)[1]
    reply = ask("/export/all.ndjson", Accept_Encoding="gzip")
    assert reply.headers["content-encoding"] == "gzip"
    assert gzip.decompress(reply.body).split(b"\n", 1)[1] == plain
    assert len(reply.body) < len(plain) / 2


def test_who_has_the_export_hears_so(example_site: ExampleSite) -> None:
    etag = ask("/export/all.ndjson").headers["etag"]
    for condition in (etag, f'"other", {etag}', "*"):
        reply = ask("/export/all.ndjson", If_None_Match=condition)
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", etag)
        assert reply.headers["cache-tag"] == "list-all"
        assert "content-type" not in reply.headers
    unpublish(example_site, StoryPage)
    assert ask("/export/all.ndjson", If_None_Match=etag).status == 200


def test_who_was_away_too_long_starts_again(example_site: ExampleSite) -> None:
    old = apply({})
    unpublish(example_site, StoryPage)
    removals = Removal.objects.all()
    removals.update(removed_at=timezone.now() - timedelta(days=400))
    last = max(removals.values_list("sequence", flat=True))
    assert forget_removals() >= 1
    reply = ask(f"/changes/?since={old}")
    assert reply.status == 410
    assert "Start again" in reply.json()["detail"]
    assert Feed.objects.get().forgotten_sequence == last
    mirror: Mirror = {}
    assert apply(mirror) == change_cursor(Feed.objects.get().last_sequence)
    assert mirror == live()


def test_a_cursor_of_another_database_starts_again(example_site: ExampleSite) -> None:
    cursor = apply({})
    Feed.objects.update(identity="00000000-0000-0000-0000-000000000001")
    assert ask(f"/changes/?since={cursor}").status == 410


def test_a_first_reader_hears_of_nothing_that_went_before(example_site: ExampleSite) -> None:
    unpublish(example_site, StoryPage)
    content = ask("/changes/?limit=1000").json()
    assert {item["op"] for item in content["items"]} == {"publish"}


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/changes/?since=zzz", "since"),
        ("/changes/?since=" + "A" * 5_000, "since"),
        ("/changes/?since=WyJjIiwiYSIsLTFd", "since"),
        ("/changes/?since=W1tbW1tbW1tb", "since"),
        ("/changes/?since=", "since"),
        ("/changes/?limit=1001", "limit"),
        ("/changes/?locale=xx", "xx"),
        ("/changes/?type=home.Nothing", "type"),
        ("/changes/?offset=1", "offset"),
        ("/export/xx.ndjson", "locale"),
        ("/export/all.ndjson?type=x", "type"),
        ("/export/all.ndjson?limit=1", "limit"),
    ],
)
def test_a_mistake_is_named(path: str, named: str, example_site: ExampleSite) -> None:
    reply = ask(path)
    assert reply.status == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert named in reply.body.decode()
