"""A list of hits goes on where it stopped."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.search.positions import parse_position
from tests.cms.delivery.search.publishing import publish, search, titles


def all_pages(query: str, limit: int) -> list[str]:
    found = search(query, limit=limit)
    listed = titles(found)
    while found.next is not None:
        found = search(query, limit=limit, after=found.next)
        assert found.hits
        listed += titles(found)
    return listed


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 7, 40])
def test_pages_together_are_the_whole_list(limit: int) -> None:
    order = random.Random(2040)
    for number in range(40):
        place = order.choice(["title", "text"])
        word = order.choice(["idé", "ide", "Idé"])
        behind = " ord" * order.randrange(3)
        publish(
            f"{word if place == 'title' else 'x'}{behind} nummer{number}",
            word if place == "text" else "",
        )
    whole = titles(search("idé", limit=100))
    assert len(whole) == len(set(whole)) == 40
    assert all_pages("idé", limit) == whole


@pytest.mark.django_db
def test_a_list_goes_on_though_its_last_hit_is_gone_and_others_have_come() -> None:
    documents = [publish("Klimat" + " ord" * number) for number in range(6)]
    first = search("klimat", limit=3)
    assert [hit.document_id for hit in first.hits] == [document.pk for document in documents[:3]]
    documents[2].delete()
    publish("Klimat")
    publish("Annat", "klimat " * 50)
    second = search("klimat", limit=3, after=first.next)
    assert [hit.document_id for hit in second.hits] == [document.pk for document in documents[3:]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4",
        "4-1",
        "5-1-" + "0" * 32,
        "0-1-" + "0" * 32,
        "4--1-" + "0" * 32,
        "4-1-" + "0" * 31,
        "4-1-" + "g" * 32,
        "4-1-" + "A" * 32,
        "4-1234567890-" + "0" * 32,
        "4-١-" + "0" * 32,
        "4-1-" + "0" * 32 + "\n",
        " 4-1-" + "0" * 32,
        "4-1-" + "0" * 32 + "'; DROP TABLE delivery_entry; --",
        "\x00",
        "x" * 10_000,
    ],
)
@pytest.mark.django_db
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no cursor of this search") as refusal:
        search("klimat", after=text)
    assert len(str(refusal.value)) < 400


@given(score=st.integers(1, 4), length=st.integers(0, 10**9 - 1), key=st.uuids())
def test_a_position_is_read_as_it_was_written(score: int, length: int, key: object) -> None:
    text = f"{score}-{length}-{str(key).replace('-', '')}"
    assert str(parse_position(text)) == text
