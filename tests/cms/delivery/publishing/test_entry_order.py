"""A list of a language is in its order, on every database."""

import random

import pytest

from cms.delivery.models import Entry
from tests.cms.delivery.search.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("sv", ["2040", "Arjeplog", "arv", "Zakrisson", "Ålloluokta", "Älvsbyn", "Överkalix"]),
        ("en", ["Ålloluokta", "Älvsbyn", "Arjeplog", "Överkalix", "Zakrisson"]),
        ("se", ["ahkku", "áhkku", "cahci", "čáhci", "mana", "maŋŋel", "zahku", "žáhku", "åhkku"]),
        ("fi", ["sakki", "šakki", "sali", "Åbo", "äiti"]),
        ("yi", ["בוך", "בֿוך", "גאַס", "Norrbotten"]),
    ],
)
def test_entries_are_sorted_by_their_key(locale: str, titles: list[str]) -> None:
    for title in random.Random(2040).sample(titles, len(titles)):
        publish(title, locale=locale)
    in_order = Entry.objects.filter(locale=locale).order_by("sort_key")
    assert [*in_order.values_list("document__title", flat=True)] == titles
