"""Tests of the hits of a search, and of their order."""

from itertools import pairwise, permutations

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cms.languages.registry import UnknownLanguage
from cms.languages.stems import stem
from tests.cms.delivery.search.publishing import publish, search, titles

pytestmark = pytest.mark.django_db

SPACES = ["", " ", "\u00a0", "\u202f", "\u2009", "\u2007"]
FINDS = [
    # Language, what the document says, what is typed, whether that finds it.
    ("se", "Čáhci ja eana", "čáhci", True),
    ("se", "Čáhci ja eana", "cahci", True),
    ("se", "Čáhci ja eana", "CAHCI", True),
    ("se", "Čáhci ja eana", "c\u030ca\u0301hci", True),
    ("se", "Ruoŧŧa, maŋŋel, đ", "ruotta mannel d", True),
    ("se", "cahci", "čáhci", True),
    ("smj", "Vájgátj ja ńála", "vajgatj nala", True),
    ("smj", "Jåhkåmåhkke", "jåhkåmåhkke", True),
    ("smj", "Jåhkåmåhkke", "jahkamahkke", False),
    ("sma", "Bïevnesh", "bievnesh", True),
    ("sma", "Åarjelsaemien gïele", "aarjelsaemien", False),
    ("sv", "Älvsbyn", "älvsbyn", True),
    ("sv", "Älvsbyn", "a\u0308lvsbyn", True),
    ("sv", "Älvsbyn", "alvsbyn", False),
    ("sv", "Alvsbyn", "älvsbyn", False),
    ("sv", "får", "far", False),
    ("sv", "Bodø", "bodö", True),
    ("sv", "Bodø", "bodo", False),
    ("sv", "en idé", "ide", True),
    ("sv", "utvecklings\u00adområden", "utvecklingsområden", True),
    ("sv", "RUS 2030–2040", "2040", True),
    ("sv", "väg E10/E4", "e4", True),
    ("en", "Luleå", "luleå", True),
    ("fi", "Äkäslompolo", "äkäslompolo", True),
    ("fi", "Äkäslompolo", "akaslompolo", False),
    ("fi", "šakki", "sakki", True),
    ("fit", "meänkieli", "meänkieli", True),
    ("fit", "meänkieli", "meankieli", False),
    ("yi", "ייִדיש", "יידיש", True),
    ("yi", "יידיש", "ייִדיש", True),
    ("yi", "װאָס איז דאָס", "וואס", True),
    ("yi", "וואָס", "װאָס", True),
    ("yi", "אַרײַן", "אריין", True),
    ("yi", "שׂימחה", "שימחה", True),
    ("yi", "שׂימחה", "סימחה", False),
    ("rom", "romani čhib", "chib", True),
    # All words, wherever; the last may be a beginning.
    ("sv", "Hållbara transporter", "transporter hållbara", True),
    ("sv", "Hållbara transporter", "hållbara tran", True),
    ("sv", "Hållbara transporter", "hållb transporter", False),
    ("sv", "Hållbara transporter", "hållbara flyg", False),
    ("se", "Čáhcesuolu", "cahce", True),
    # A number, however its digits are parted.
    *[("sv", f"248{space}000 invånare", "248000", True) for space in SPACES],
    *[("sv", "248000 invånare", f"248{space}000", True) for space in SPACES],
    *[
        ("fi", f"yli 248{space}000 asukasta", f"248{other}000", True)
        for space, other in pairwise(SPACES)
    ],
    ("sv", "248\u00a0000 invånare", '"248 000 invånare"', True),
    ("sv", "248\u00a0000 invånare", '"omkring 248 000"', False),
    ("sv", "1 234 567 kronor", "1234567", True),
    ("sv", "1 234 567 kronor", "234567", True),
    ("sv", "248\u00a0000 invånare", "248", True),
    ("sv", "248\u00a0000 invånare", "248 0", True),
    ("sv", "248\u00a0000 invånare", "2480", True),
    ("sv", "år 2025 248 000", "248000", True),
    ("sv", "248 000 312 500", "312500", True),
    ("sv", "248 0001", "248000", False),
    ("sv", "E248 000", "248000", False),
    ("sv", "048 000", "48000", False),
    # A point parts thousands where a comma stands before decimals, and the other way round.
    ("sv", "248.000 invånare", "248000", True),
    ("fi", "248.000 asukasta", "248000", True),
    ("sv", "248,000 sekunder", "248000", False),
    ("en", "248,000 people", "248000", True),
    ("en", "1,248,000 people", "1 248 000", True),
    ("en", "248.000 seconds", "248000", False),
    # A word that soft hyphens part, and its parts.
    ("sv", "utvecklings\u00adområden", "områden", True),
    ("sv", "utvecklings\u00adområden", "utvecklings", True),
    ("sv", "ut\u00adveck\u00adlings\u00adom\u00adrå\u00adden", "områden", True),
    ("sv", "ut\u00adveck\u00adlings\u00adom\u00adrå\u00adden", "utvecklingsområden", True),
    ("sv", "utvecklings\u00adområden", "utvecklings\u00adområden", True),
    ("sv", "utvecklingsområden", "utvecklings\u00adområden", True),
    ("sv", "utvecklings\u00adområden", "råden", False),
    ("fi", "kehittämis\u00adalueet", "alueet", True),
    ("se", "Ruoŧa\u00adčearddat", "cearddat", True),
    # In quotation marks, side by side.
    ("sv", "hållbara och trygga transporter", '"hållbara transporter"', False),
    ("sv", "hållbara transporter", '"hållbara transporter"', True),
    ("sv", "hållbara transporter", "”hållbara transporter”", True),
    ("sv", "hållbara transporter", "„hållbara transporter“", True),
    ("sv", "hållbara transporter", "»hållbara transporter» ", True),
    ("sv", "hållbara transporter", '"hållbara transport"', False),
    ("sv", "hållbara transporter", '"hållbara transporter', True),
    ("sv", "trygga transporter, hållbara", '"hållbara transporter', True),
    ("se", "čáhci ja eana", '"cahci ja"', True),
    ("se", "čáhci ja eana", '"cahci eana"', False),
    # Signs of the databases' own languages are none here.
    ("sv", "klimat", "klimat OR kultur", False),
    ("sv", "klimat", "-klimat", True),
    ("sv", "klimat", "title:klimat", False),
    ("sv", "klimat", "klim*", True),
    ("sv", "klimat", "^klimat", True),
    ("sv", "near and klimat", "klimat NEAR and", True),
    ("sv", "klimat", "!klimat", True),
    ("sv", "klimat", "klimat:*", True),
]


@pytest.mark.parametrize(("locale", "written", "typed", "is_found"), FINDS)
@pytest.mark.parametrize("place", ["title", "text"])
def test_what_is_typed_finds_what_is_written(
    locale: str, written: str, typed: str, is_found: bool, place: str
) -> None:
    publish(written if place == "title" else "x", written if place == "text" else "", locale=locale)
    publish("annat", "något annat", locale=locale)
    found = search(typed, locale)
    assert len(found.hits) == is_found
    assert found.next is None


@pytest.mark.parametrize(
    "query", ["", " ", "—", "“”", '""', '" "', "***", "😀 👩‍👩‍👧", "\x00", "؟", "\ud800"]
)
def test_a_query_of_no_words_finds_nothing(query: str) -> None:
    publish("😀 — title", "text \x00 text")
    assert search(query).hits == ()


def test_exact_goes_before_folded_and_title_before_text() -> None:
    publish("folded in the text, cahci", "", locale="smj")
    publish("i", "cahci", locale="se")
    publish("cahci folded in the title", "", locale="se")
    publish("e", "a long text that has čáhci as it was typed " * 5, locale="se")
    publish("čáhci as typed in the title", "", locale="se")
    found = search("čáhci", "se")
    assert titles(found) == ["čáhci as typed in the title", "e", "cahci folded in the title", "i"]
    assert [hit.score for hit in found.hits] == [4, 3, 2, 1]


def test_a_word_without_its_dots_does_not_outrank_the_place() -> None:
    publish("Alvsbyn")
    publish("Kommunerna", "Arvidsjaur, Älvsbyn")
    publish("Älvsbyn")
    assert titles(search("Älvsbyn")) == ["Älvsbyn", "Kommunerna"]
    assert titles(search("alvsbyn")) == ["Alvsbyn"]


def test_the_title_that_says_little_else_comes_first() -> None:
    publish("Luleå hamn och farled")
    publish("Luleå")
    publish("Luleå hamn")
    assert titles(search("luleå")) == ["Luleå", "Luleå hamn", "Luleå hamn och farled"]


def test_words_may_be_in_the_title_and_in_the_text() -> None:
    publish("Transporter", "De ska bli hållbara.")
    assert [hit.score for hit in search("hållbara transporter").hits] == [3]


def test_no_phrase_reaches_from_the_title_into_the_text() -> None:
    publish("Hållbara", "transporter")
    assert search('"hållbara transporter"').hits == ()


FORMS = [
    ("sv", "utbildning", "utbildningen utbildningar utbildningarna utbildningens"),
    ("sv", "kommunerna", "kommun kommunen kommuner kommunernas"),
    ("sv", "område", "området områden"),
    ("sv", "utvecklings\u00adområden", "område området"),
    ("sv", "företag", "företagen företagens"),
    ("en", "development", "developments developing developed"),
    ("en", "running", "runs run"),
    ("en", "municipalities", "municipality"),
    ("fi", "alueella", "alue alueen alueet alueilla"),
    ("fi", "kunta", "kunnan kunnassa kunnat"),
    ("fi", "tavoite", "tavoitteet tavoitteen"),
    ("fit", "talossa", "talo talosta"),
]


@pytest.mark.parametrize(
    ("locale", "written", "typed"),
    [(locale, written, typed) for locale, written, others in FORMS for typed in others.split()],
)
@pytest.mark.parametrize("place", ["title", "text"])
def test_other_forms_of_a_word_are_found(locale: str, written: str, typed: str, place: str) -> None:
    publish("Annat", "något annat", locale=locale)
    publish(
        written if place == "title" else "x", written if place == "text" else "x", locale=locale
    )
    # Without quotation marks, it would be the beginning of a word as well.
    (hit,) = search(f'"{typed}"', locale).hits
    assert hit.score == (2 if place == "title" else 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL's own stemmers")
@pytest.mark.parametrize(
    ("configuration", "code"), [("swedish", "sv"), ("english", "en"), ("finnish", "fi")]
)
def test_all_that_postgresql_finds_by_its_own_stemmers_is_found(
    configuration: str, code: str
) -> None:
    words = {
        word
        for locale, written, others in FORMS
        if locale == code
        for word in (written, *others.split())
        if word.isalpha()
    }
    pairs = list(permutations(sorted(words), 2))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, other FROM unnest(%s::text[], %s::text[]) AS pair (one, other) WHERE"
            " to_tsvector(%s::regconfig, one) @@ plainto_tsquery(%s::regconfig, other)",
            [*map(list, zip(*pairs, strict=True)), configuration, configuration],
        )
        found = set(cursor.fetchall())
    assert len(found) > 10
    assert found <= {(one, other) for one, other in pairs if stem(one, code) == stem(other, code)}


def test_a_word_as_it_is_typed_goes_before_its_other_forms() -> None:
    publish("Utbildningen")
    publish("Utbildning i länet")
    assert titles(search('"utbildning"')) == ["Utbildning i länet", "Utbildningen"]


def test_a_form_that_was_found_is_marked() -> None:
    publish("Titel", "All utbildning, och utbildningsplaner.")
    (hit,) = search("utbildningarna").hits
    assert "All <mark>utbildning</mark>, och" in hit.excerpt


def test_a_number_and_a_part_that_were_found_are_marked() -> None:
    publish("Titel", "Länet har 248\u202f000 invånare, och fler utvecklings\u00adområden.")
    for typed in ("248000", "248 000", "248"):
        (hit,) = search(typed).hits
        assert "<mark>248\u202f000</mark>" in hit.excerpt.replace(" ", "\u202f"), typed
    (hit,) = search("område").hits
    assert "<mark>utvecklings\u00adområden</mark>" in hit.excerpt


def test_sami_words_are_not_cut_as_if_they_were_swedish() -> None:
    publish("Utbildning", locale="se")
    assert search("utbildningar", "se").hits == ()


def test_a_fallback_is_searched_in_its_own_language() -> None:
    publish("Utbildning", locale="sv", entries=["smj"])
    assert titles(search("utbildning", "smj", fallback=True)) == ["Utbildning"]
    assert titles(search("utbildningar", "smj", fallback=True)) == ["Utbildning"]


def test_each_key_is_found_once_and_fallbacks_only_when_asked_for() -> None:
    own = publish("Klimat", locale="smj")
    publish("Klimat", locale="sv", key=own.key)
    other = publish("Klimat och energi", locale="sv", entries=["smj", "se"])
    found = search("klimat", "smj", fallback=True)
    assert [hit.document_id for hit in found.hits] == [own.pk, other.pk]
    assert [hit.key for hit in found.hits] == [own.key, other.key]
    assert [hit.document_id for hit in search("klimat", "smj").hits] == [own.pk]
    assert search("klimat", "yi", fallback=True).hits == ()


def test_hits_can_be_restricted_to_types_and_to_a_part_of_the_tree() -> None:
    area = publish("Klimat", type="tests.Area")
    goal = publish("Klimatmål", type="tests.Goal", under=[area.key])
    story = publish("Klimatsmart", type="tests.Story", under=[area.key])
    publish("Klimatet i övrigt", type="tests.Goal")

    def found(**restrictions: object) -> set[int]:
        return {hit.document_id for hit in search("klimat", **restrictions).hits}  # type: ignore[arg-type]

    assert len(found()) == 4
    assert found(types=["tests.Area", "tests.Story"]) == {area.pk, story.pk}
    assert found(under=area.key) == {area.pk, goal.pk, story.pk}
    assert found(under=area.key, types=["tests.Goal"]) == {goal.pk}
    assert found(types=["tests.Nothing"]) == set()


def test_there_is_a_query_for_each_score_until_the_list_is_full(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    search("skola")
    for number in range(30):
        publish(f"Skola {number}", "text", entries=["smj"])
    # A savepoint, to be released; how to look, and how else.
    besides = 4 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(4 + besides):
        found = search('skola "skola 1"', "smj", fallback=True, types=["tests.Page"], limit=30)
    assert len(found.hits) == 1
    first = search("skola", limit=10)
    with django_assert_num_queries(1 + besides):
        second = search("skola", limit=10, after=first.next)
    assert len(second.hits) == 10


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_that_cannot_be_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match=f"1 to 1000 hits, not {limit}"):
        search("klimat", limit=limit)


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="may have 256 characters and has 257"):
        search("a" * 257)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="'de'"):
        search("Klima", "de")
