"""The index has what is published, and nothing else."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cms.delivery.models import PublishedDocument
from cms.delivery.search.models import IndexedText
from cms.delivery.search.signal_handlers import keep_index
from cms.delivery.search.text import LONGEST_TEXT
from tests.cms.delivery.search.publishing import publish, published, removed, search, tell

pytestmark = pytest.mark.django_db


def indexed() -> int:
    """The number of documents in the index proper."""
    if connection.vendor != "sqlite":
        return IndexedText.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM delivery_search_words")
        (number,) = cursor.fetchone()
    return int(number)


def test_what_is_published_anew_is_found_by_its_new_words_alone() -> None:
    document = publish("Klimat", "utsläpp")
    tell(published(document, "Kultur", "čáhci"))
    assert search("klimat").hits == search("utsläpp").hits == ()
    assert [hit.score for hit in search("kultur").hits] == [4]
    assert [hit.score for hit in search("cahci").hits] == [1]
    assert indexed() == IndexedText.objects.count() == 1


def test_the_last_of_several_changes_in_one_message_holds() -> None:
    document = publish("Klimat")
    tell(published(document, "Kultur", ""), published(document, "Kompetens", ""))
    assert search("kultur").hits == ()
    assert len(search("kompetens").hits) == 1


def test_what_is_removed_is_not_found() -> None:
    document = publish("Klimat", "utsläpp")
    kept = publish("Klimat")
    change = removed(document)
    document.delete()
    tell(change)
    assert [hit.document_id for hit in search("klimat").hits] == [kept.pk]
    assert indexed() == IndexedText.objects.count() == 1


def test_documents_that_go_without_a_word_leave_nothing() -> None:
    for _ in range(3):
        publish("Klimat", "utsläpp")
    PublishedDocument.objects.all().delete()
    assert indexed() == IndexedText.objects.count() == 0
    again = publish("Kultur")
    assert search("klimat").hits == ()
    assert [hit.document_id for hit in search("kultur").hits] == [again.pk]


def test_a_document_that_is_gone_before_it_is_told_of_is_no_error() -> None:
    document = publish("Klimat")
    change = published(document, "Klimat", "")
    document.delete()
    tell(change)
    assert indexed() == 0


def test_many_documents_are_written_with_few_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    documents = [publish(f"Klimat {number}") for number in range(20)]
    # On SQLite there are two tables.
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 2):
        keep_index(None, [published(document, "Kultur", "text") for document in documents])
    assert len(search("kultur", limit=100).hits) == 20


def test_a_very_long_text_is_published_and_found_by_its_beginning() -> None:
    words = " ".join(f"ord{number}é" for number in range(40_000))
    publish("Lång", f"början {words} {'ж' * 5000} slutet")
    assert len(search("början ord7é").hits) == 1
    assert search("slutet").hits == ()
    assert IndexedText.objects.get().text == f"början {words}"[:LONGEST_TEXT]


def test_what_a_database_has_no_place_for_is_left_out() -> None:
    document = publish("Klimat")
    tell(published(document, "Kli\x00mat", "tex\x00t \ufffe"))
    assert len(search("kli mat tex").hits) == 1


def test_a_text_that_is_all_soft_hyphens_is_published() -> None:
    publish("Lång", "\u00ad".join(f"é{number}" for number in range(30_000)))
    publish("Längre", " ".join(f"ort{number}\u00adnamn{number}" for number in range(7_000)))
    assert len(search("lång").hits) == len(search("ort7 namn7").hits) == 1
    assert len(search("ort6000namn6000").hits) == 1
