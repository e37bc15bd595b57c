"""Lists that were put together before: never out of date, never larger than their room."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.delivery.http.list_body_cache import ListBodyCache
from strategy.models import GoalPage
from tests.cms.delivery.endpoints.asking import Ask, Fast, Views
from tests.factories.site import ExampleSite


def test_what_was_used_last_is_kept_in_its_room() -> None:
    kept = ListBodyCache(largest=100)
    for name in "abcd":
        kept.keep(name, "identity", name.encode() * 25)
    assert kept.get("a", "identity") == b"a" * 25
    kept.keep("e", "identity", b"e" * 25)
    found = {name: kept.get(name, "identity") is not None for name in "abcde"}
    assert found == {"a": True, "b": False, "c": True, "d": True, "e": True}
    # Of another encoding, and too large for the room.
    assert kept.get("a", "gzip") is None
    kept.keep("f", "identity", b"f" * 26)
    assert kept.get("f", "identity") is None
    # The same once more takes no more room.
    for _time in range(10):
        kept.keep("a", "identity", b"a" * 25)
    assert all(kept.get(name, "identity") for name in "acde")


@pytest.mark.django_db
@pytest.mark.parametrize("ask", [Views(), Fast()], ids=["views", "fast path"])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_list_that_was_asked_for_before_reads_no_document(
    ask: Ask, encoding: str, example_site: ExampleSite
) -> None:
    path = "/entries/sv/?limit=3"
    first = ask(path, Accept_Encoding=encoding)
    with CaptureQueriesContext(connection) as queries:
        again = ask(path, Accept_Encoding=encoding)
    assert again == first
    assert "body" not in " ".join(query["sql"] for query in queries)
    goal = GoalPage.objects.get(pk=example_site.pages[GoalPage].pk)
    goal.title = "Aaa, ett annat mål"
    goal.save_revision().publish()
    changed = ask("/entries/sv/?limit=3")
    assert changed.json()["items"][0]["title"] == goal.title
    assert changed.headers["etag"] != first.headers["etag"]
