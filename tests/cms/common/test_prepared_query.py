"""A query that is written once finds what Django's own would."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F, Q
from wagtail.models import Locale, Page

from cms.common.prepared_query import PreparedQuery

pytestmark = pytest.mark.django_db


def _pages(ids: Any, keys: Any) -> Any:
    """Columns that a database has in a form of its own: a key, a truth, a time."""
    return (
        Page.objects.filter(Q(pk__in=ids) | Q(translation_key__in=keys), depth__gt=0)
        .order_by("-path")
        .values_list("translation_key", "live", "first_published_at", F("locale__language_code"))
    )


@pytest.fixture
def pages() -> list[Page]:
    root = Page.get_first_root_node()
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    return [
        root.add_child(instance=Page(title=title, slug=title, live=live, first_published_at=at))
        for title, live in (("a", True), ("b", False), ("c", True))
    ]


def test_rows_are_those_of_the_query(pages: list[Page]) -> None:
    found = PreparedQuery(_pages)
    for ids, keys in (
        ([pages[0].pk], [pages[2].translation_key]),
        # Others of the same number, for which nothing is written again.
        ([pages[1].pk], [pages[0].translation_key]),
        ([pages[1].pk, pages[0].pk], [uuid4()]),
        # The same twice, and one that could stand for another list's.
        ([pages[1].pk, pages[1].pk], {page.translation_key for page in pages}),
    ):
        rows = found(ids, keys)
        assert rows == list(_pages(ids, keys))
        assert rows, "a test that finds nothing tests nothing"


def test_many_values_and_none_are_asked_for_as_ever(pages: list[Page]) -> None:
    found = PreparedQuery(_pages)
    keys = [page.translation_key for page in pages]
    assert found([], keys) == list(_pages([], keys))
    assert found(range(1, 500), keys) == list(_pages(range(1, 500), keys))
    assert found([], []) == []


def test_what_is_sorted_by_is_not_in_the_rows(pages: list[Page]) -> None:
    found = PreparedQuery(
        lambda ids: Page.objects.filter(pk__in=ids).order_by("path").distinct().values_list("live")
    )
    assert found([page.pk for page in pages]) == [(True,), (False,), (True,)]


def test_each_asking_is_one_query(pages: list[Page], django_assert_num_queries: Any) -> None:
    found = PreparedQuery(_pages)
    with django_assert_num_queries(2):
        found([pages[0].pk], [pages[0].translation_key])
        found([pages[1].pk], [pages[0].translation_key])


def test_it_keeps_so_many_and_no_more() -> None:
    written = []

    def write(ids: Any, keys: Any) -> Any:
        written.append(len(ids))
        return _pages(ids, keys)

    found, key = PreparedQuery(write), uuid4()
    for keys in range(1, 4):
        for ids in range(1, 41):
            found(range(ids), [key, *(uuid4() for _more in range(1, keys))])
    assert len(written) == 120
    assert len(found._statements) < 100
    # What was kept last is there still.
    found(range(40), [key, uuid4(), uuid4()])
    assert len(written) == 120


def test_a_query_that_uses_a_value_otherwise_is_refused() -> None:
    half = PreparedQuery(lambda ids: Page.objects.filter(pk__in=ids[:1]).values_list("pk"))
    with pytest.raises(AssertionError, match="Not every value"):
        half([1, 2])


def test_words_and_numbers_do_not_take_each_others_places() -> None:
    locale = Locale.objects.get(language_code="sv")
    found = PreparedQuery(
        lambda codes, ids: Locale.objects.filter(
            Q(language_code__in=codes) | Q(pk__in=ids)
        ).values_list("pk", "language_code")
    )
    assert found(["xx"], [locale.pk]) == [(locale.pk, "sv")]
    assert found(["sv"], [-1]) == [(locale.pk, "sv")]
