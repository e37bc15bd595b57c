"""Tests of which string took the place of which."""

from cms.translation.sources.string_changes import replaced_strings
from cms.translation.status.word_count import count_words


def test_one_changed_sentence_takes_the_place_of_the_one_that_was_there() -> None:
    assert replaced_strings(["Ett", "Två", "Tre"], ["Ett", "Tvenne", "Tre"]) == [(1, 1)]


def test_what_only_moved_or_came_replaces_nothing() -> None:
    assert replaced_strings(["Ett", "Två"], ["Noll", "Ett", "Två", "Tre"]) == []


def test_of_several_the_most_similar_belong_together() -> None:
    before = ["Den långa älven rinner norrut", "Fjällen är höga"]
    after = [
        "Något helt annat står här",
        "Fjällen är mycket höga",
        "Den långa älven rinner söderut",
    ]
    assert replaced_strings(before, after) == [(0, 2), (1, 1)]


def test_what_resembles_nothing_went_alone() -> None:
    assert replaced_strings(["Bort med detta", "Kvar"], ["Kvar"]) == [(0, None)]


def test_words_are_counted_as_a_translator_counts_them() -> None:
    assert count_words('Se <a id="a1">Luleå kommun</a> &amp; EU-stöd för 2,5 % 2030<br/>') == 7
    assert count_words("") == 0
