"""Tests that anything typed is words, and never an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.delivery.models import PublishedDocument
from cms.delivery.search.find import Found
from cms.delivery.search.query import LONGEST_QUERY, parse_query
from cms.languages.registry import LANGUAGES
from tests.cms.delivery.search.publishing import publish, search
from tests.harness.sampling import examples

pytestmark = pytest.mark.django_db

SIGNS = [
    '"',
    "'",
    "*",
    ":",
    "^",
    "-",
    "+",
    "(",
    ")",
    "{",
    "}",
    "~",
    "\\",
    "%",
    "%s",
    "?",
    ";",
    "--",
    "/*",
]
PIECES = [
    *SIGNS,
    *[
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/2",
        "NEAR(a b)",
        "title",
        "rowid",
        "&",
        "|",
        "!",
        "<->",
        ":*",
        ":A",
    ],
    *["\x00", "\n", "\t", "\u200f", "\u202e", "\u00ad", "\u0301", "\ufeff", "\ud800", "\U0010ffff"],
    *[
        "😀",
        "👩‍👩‍👧",
        "ﷺ",
        "ײַ",
        "אָ",
        "čáhci",
        "klimat",
        "ß",
        "İ",
        "ǆ",
        "½",
        "²",
        "ａ",
        "日本",
        "क़ि",
        "𞤀",
        "𐐀",
    ],
    *["'; DROP TABLE delivery_entry; --", "' OR 1=1", "$$", "{title} :", "a" * 120, "_"],
]
QUERIES = st.one_of(
    st.text(max_size=LONGEST_QUERY),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
).map(lambda text: text[:LONGEST_QUERY])


def is_honest(found: Found, query: str, locale: str) -> bool:
    return not found.hits or bool(parse_query(query, locale))


@settings(
    max_examples=examples(40, 2_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=QUERIES, locale=st.sampled_from(list(LANGUAGES)))
def test_no_query_is_an_error(query: str, locale: str) -> None:
    publish("klimat", "čáhci ײַ 日本", locale=locale)
    assert is_honest(search(query, locale, fallback=True), query, locale)


@settings(
    max_examples=examples(25, 1_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=QUERIES.filter(lambda text: "\ud800" not in text))
def test_a_document_is_found_by_what_it_says(text: str) -> None:
    PublishedDocument.objects.all().delete()
    publish("klimat", locale="se")
    document = publish("titel", f"{text} slut", locale="se")
    assert document.pk in {hit.document_id for hit in search("titel slut", "se").hits}
    if parse_query(text, "se"):
        assert document.pk in {hit.document_id for hit in search(text.replace('"', " "), "se").hits}


@pytest.mark.parametrize(
    "query",
    [
        " ".join("abcdefghijklmnopqrstuvwxyzåäö0123456789"),
        " ".join(f"{a}{b}" for a in "abcdefghi" for b in "abcdefghi"),
        '"' + " ".join(f"{a}{b}" for a in "abcdefghi" for b in "abcdefgh") + '"',
        "a" * LONGEST_QUERY,
        '"' * LONGEST_QUERY,
        "(" * LONGEST_QUERY,
        '"a" ' * (LONGEST_QUERY // 4),
        "\u0301" * LONGEST_QUERY,
        " ".join("áčđŋšŧžïńéüßøæ" * 9),
    ],
)
def test_the_longest_queries_are_answered(query: str) -> None:
    publish(query[:250], query, locale="se")
    found = search(query[:LONGEST_QUERY], "se", fallback=True)
    assert bool(found.hits) == bool(parse_query(query[:LONGEST_QUERY], "se"))


@pytest.mark.parametrize(
    "query", ["klimat", "kli", "'klimat'", "klimat; --", "(klimat)", "{klimat}"]
)
def test_signs_around_a_word_mean_nothing(query: str) -> None:
    document = publish("Klimat")
    publish("Annat")
    assert [hit.document_id for hit in search(query).hits] == [document.pk]
