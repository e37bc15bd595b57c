"""Wagtail's search finds what that of the published documents finds, and as it does."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import FilterFieldError
from modelsearch.query import MATCH_ALL, And, Not, Or, Phrase, PlainText
from wagtail.models import Locale, Page

from cms.content.models import ContentImage
from cms.delivery.search.models import IndexedObject
from cms.delivery.search.objects.indexing import entries_of
from home.models import ContentPage
from strategy.models import Municipality
from tests.cms.delivery.search.objects.planting import plant
from tests.cms.delivery.search.test_find import FINDS, FORMS
from tests.factories.media import ImageFactory
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(db: None) -> Any:
    return Page.objects.get(depth=1)


def titles(found: Any) -> list[str]:
    return [each.title for each in found]


@pytest.mark.parametrize("way", ["search", "autocomplete"])
def test_what_is_typed_finds_what_is_written(way: str, parent: Any) -> None:
    codes = sorted({code for code, *_ in FINDS})
    written = {
        (code, title): page
        for code in codes
        for page in plant(
            parent, sorted({title for each, title, *_ in FINDS if each == code}), code=code
        )
        for title in [page.title]
    }
    wrong = [
        (code, title, typed)
        for code, title, typed, is_found in FINDS
        if (written[code, title] in getattr(Page.objects.all(), way)(typed)) != is_found
    ]
    assert wrong == []


def test_other_forms_of_a_word_are_found_in_every_language(parent: Any) -> None:
    for code, written, others in FORMS:
        (page,) = plant(parent, [written], code=code)
        for typed in others.split():
            assert page in Page.objects.search(f'"{typed}"'), (code, written, typed)


def test_the_best_match_comes_first(swedish_site: ExampleSite) -> None:
    for number, (title, introduction) in enumerate(
        (
            ("Skoteråkning", ""),
            ("Annat", "<p>Skoteråkningen i länet</p>"),
            ("Något annat", "<p>Mycket om skoteråkning i hela länet</p>"),
            ("Helt annat", "<p>Om skoteråkning</p>"),
            ("Om skoteråkningen", ""),
            ("Skoteråkning och annat", ""),
        )
    ):
        swedish_site.home.add_child(
            instance=ContentPage(title=title, slug=f"s{number}", introduction=introduction)
        )
    expected = [
        "Skoteråkning",
        "Skoteråkning och annat",
        "Helt annat",
        "Något annat",
        "Om skoteråkningen",
        "Annat",
    ]
    found = Page.objects.search('"skoteråkning"')
    assert titles(found) == expected
    assert titles(found[1:3]) == expected[1:3]
    assert found[1].title == expected[1]
    assert len(found.all()) == found.count() == 6
    scores = [page.score for page in found.annotate_score("score")]
    assert scores == sorted(scores, reverse=True)
    # Pages are found by their bodies while somebody types, too; Wagtail's models know titles alone.
    assert titles(Page.objects.autocomplete("skoter")) == titles(Page.objects.search("skoter"))
    assert len(Page.objects.autocomplete("skoter")) > 3
    assert titles(Page.objects.search('"skoteråkning"', fields=["title"])) == [
        "Skoteråkning",
        "Skoteråkning och annat",
        "Om skoteråkningen",
    ]
    ordered = Page.objects.order_by("title").search('"skoteråkning"', order_by_relevance=False)
    assert titles(ordered) == sorted(expected)


def test_queries_can_be_joined(parent: Any) -> None:
    plant(parent, ["röd stuga", "röd båt", "vit stuga", "stuga vid röd båt"])

    def found(query: Any, **options: Any) -> set[str]:
        return set(titles(Page.objects.search(query, **options)))

    assert found("röd stuga") == {"röd stuga", "stuga vid röd båt"}
    assert found("vit båt", operator="or") == {"vit stuga", "röd båt", "stuga vid röd båt"}
    assert found(Phrase("röd båt")) == {"röd båt", "stuga vid röd båt"}
    assert found(And([PlainText("röd"), Not(PlainText("stuga"))])) == {"röd båt"}
    assert found(Or([Phrase("röd stuga"), PlainText("vit")])) == {"röd stuga", "vit stuga"}
    assert found(PlainText("röd") & Phrase("stuga vid")) == {"stuga vid röd båt"}
    everything = set(titles(Page.objects.all()))
    assert found(MATCH_ALL) == everything
    assert found(Not(MATCH_ALL)) == set()
    assert found(MATCH_ALL & PlainText("vit")) == {"vit stuga"}
    assert found(Not(PlainText("stuga"))) == everything - found("stuga")


@pytest.mark.parametrize("query", ['"', "*", "😀", "\x00", "%", "' OR 1=1", " ", "—", "a" * 5_000])
@pytest.mark.parametrize("way", ["search", "autocomplete"])
def test_whatever_is_typed_is_words(query: str, way: str, parent: Any) -> None:
    plant(parent, ["båt"])
    found = getattr(Page.objects.all(), way)(query)
    assert list(found) == [] == list(found[:10])
    assert found.count() == 0


def test_what_is_found_is_counted_by_a_field(parent: Any) -> None:
    plant(parent, ["båt"] * 3)
    plant(parent, ["båt"] * 2, code="fi", live=False)
    found = Page.objects.search("båt")
    assert found.facet("live") == {True: 3, False: 2}
    counted = found.facet("locale_id")
    assert list(counted.values()) == [3, 2]
    assert counted[Locale.objects.get(language_code="fi").pk] == 2
    with pytest.raises(FilterFieldError):
        found.facet("slug_of_none")


def test_lists_are_filtered_before_they_are_searched(parent: Any) -> None:
    plant(parent, ["båt"] * 2)
    plant(parent, ["båt"] * 3, live=False)
    assert Page.objects.filter(live=False).search("båt").count() == 3
    with pytest.raises(FilterFieldError):
        Page.objects.filter(go_live_at=None).search("båt")


def test_images_are_found_by_their_tags_and_facts_by_their_names(db: None) -> None:
    image = ImageFactory(title="Hamnen")
    image.tags.add("Segel\u00adbåtar")
    image.save()
    assert list(ContentImage.objects.search("båtar")) == [image]
    assert list(ContentImage.objects.autocomplete("hamn")) == [image]
    english = Locale.objects.get(language_code="en")
    fact = Municipality.objects.create(name="Municipalities", code="2599", locale=english)
    backend = get_search_backend()
    assert list(backend.search("municipality", Municipality)) == [fact]
    assert list(backend.autocomplete("municip", Municipality.objects.all())) == [fact]
    assert list(backend.search("2599", Municipality)) == [fact]


def words_stored() -> int:
    """The number of rows that have words."""
    table = "delivery_search_" + (
        "objectwords" if connection.vendor == "sqlite" else "indexedobject"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_what_changes_is_found_by_its_new_words_and_what_is_deleted_leaves_nothing(
    swedish_site: ExampleSite,
) -> None:
    before = words_stored()
    page = swedish_site.home.add_child(instance=ContentPage(title="Skoteråkning", slug="s"))
    below = page.add_child(instance=ContentPage(title="Skoterled", slug="t"))
    assert words_stored() == before + 4
    page.title = "Längdåkning"
    page.save()
    assert titles(Page.objects.search("skoter*")) == ["Skoterled"]
    assert titles(Page.objects.search("längdåkning")) == ["Längdåkning"]
    assert words_stored() == before + 4
    page.delete()
    assert not entries_of(Page).filter(object_id__in=[page.pk, below.pk])
    assert words_stored() == before


def test_many_are_indexed_with_as_many_queries_as_few(parent: Any) -> None:
    pages = plant(parent, [f"båt {number}" for number in range(40)])
    backend = get_search_backend()

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as counted:
            backend.add_bulk(Page, list(Page.objects.filter(pk__in=[p.pk for p in pages[:number]])))
        return len(counted)

    assert queries(2) == queries(40)
    assert IndexedObject.objects.filter(object_id__in=[page.pk for page in pages]).count() == 80
