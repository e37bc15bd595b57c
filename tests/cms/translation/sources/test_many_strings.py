"""Many strings that are replaced at once find their successors with work in proportion to them."""

import cProfile
import random
from typing import Any

import pytest
from wagtail_localize.models import TranslationContext
from wagtail_localize.segments.extract import extract_segments

from cms.translation.sources.field_paths import FieldPaths
from cms.translation.sources.string_changes import FEW_PAIRS, similar_strings
from tests.factories.site import SNIPPET_TYPES, ExampleSite

COMMON = (
    "regionen",
    "utvecklas",
    "när",
    "fler",
    "vill",
    "bo",
    "och",
    "driva",
    "företag",
    "i",
    "länet",
)


def sentences(number: int, word: str) -> list[str]:
    """Sentences of common words with one of their own each."""
    chance = random.Random(number)
    return [" ".join([*chance.sample(COMMON, 7), f"mål{count}", word]) for count in range(number)]


def calls(number: int) -> int:
    """Calls of functions for so many sentences, in each of which a word is another."""
    before, after = sentences(number, "förr"), sentences(number, "nu")
    profile = cProfile.Profile()
    with profile:
        found = similar_strings(before, after, range(number), range(number))
    assert found == [(position, position) for position in range(number)]
    return sum(entry.callcount for entry in profile.getstats())


def test_the_work_grows_in_proportion() -> None:
    assert calls(800) <= 4.5 * calls(200)


@pytest.mark.parametrize("number", [20, 300])
def test_what_was_rewritten_and_moved_is_found_by_its_words(number: int) -> None:
    assert (number * number > FEW_PAIRS) == (number > 50)
    before, after = sentences(number, "förr"), sentences(number, "nu")
    order = list(range(number))
    random.Random(1).shuffle(order)
    found = similar_strings(
        before, [after[position] for position in order], range(number), range(number)
    )
    assert found == [(position, order.index(position)) for position in range(number)]


def test_what_is_like_nothing_has_no_successor() -> None:
    before = [f"ett{count} två{count} tre{count}" for count in range(100)]
    after = [f"fyra{count} fem{count} sex{count}" for count in range(100)]
    found = similar_strings(before, after, range(100), range(100))
    assert found == [(position, None) for position in range(100)]


@pytest.mark.django_db
def test_field_paths_are_those_of_wagtail_localize(swedish_site: ExampleSite) -> None:
    facts: list[Any] = [
        model.objects.filter(locale__language_code="sv").first() for model in SNIPPET_TYPES
    ]
    asked = 0
    for owner in (*swedish_site.pages.values(), *facts):
        instance = type(owner).objects.get(pk=owner.pk)
        paths = FieldPaths(instance)
        for value in extract_segments(instance):
            context = TranslationContext(path=value.path)
            context.save = lambda **_fields: None
            assert paths.of(value.path) == context.get_field_path(instance)
            asked += 1
    assert asked > 100
