"""Tests that stored segments are the page's texts, in their order, however it was edited."""

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from cms.translation.models import SourceChange
from tests.cms.translation.sources.test_following import (
    paragraphs,
    published_page,
    republish,
    status,
)
from tests.factories.site import SNIPPET_TYPES, ExampleSite
from tests.factories.translations import marked, only, translate

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

KINDS: dict[Any, Any] = {
    StringSegmentValue: StringSegment,
    TemplateSegmentValue: TemplateSegment,
    RelatedObjectSegmentValue: RelatedObjectSegment,
    OverridableSegmentValue: OverridableSegment,
}


def source_of(page: Any) -> TranslationSource:
    return TranslationSource.objects.get_for_instance(page)


def stored(source: TranslationSource) -> list[tuple[Any, ...]]:
    found = []
    for model in KINDS.values():
        for segment in model.objects.filter(source=source).select_related("context"):
            text = segment.string.data if model is StringSegment else ""
            found.append((model.__name__, segment.order, segment.context.path, text))
            assert segment.context.field_path
    return sorted(found)


def extracted(page: Any) -> list[tuple[Any, ...]]:
    found = []
    for value in extract_segments(page):
        text = value.string.data if isinstance(value, StringSegmentValue) else ""
        found.append((KINDS[type(value)].__name__, value.order, value.path, text))
    return sorted(found)


def test_every_type_of_page_and_fact(swedish_site: ExampleSite) -> None:
    facts = [model.objects.filter(locale__language_code="sv").first() for model in SNIPPET_TYPES]
    for owner in (*swedish_site.pages.values(), *facts):
        owner.save_revision().publish()
        fresh = type(owner).objects.get(pk=owner.pk)
        assert stored(source_of(fresh)) == extracted(fresh)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited(seed: int, swedish_site: ExampleSite) -> None:
    """Paragraphs come, go, change places and stand twice."""
    chance = random.Random(seed)
    texts = ["Ett.", "Två.", "Tre."]
    page = published_page(swedish_site, *texts)
    for _step in range(6):
        match chance.randrange(4):
            case 0:
                texts.insert(chance.randrange(len(texts) + 1), f"Ny {chance.random()}.")
            case 1 if len(texts) > 1:
                texts.pop(chance.randrange(len(texts)))
            case 2:
                chance.shuffle(texts)
            case _:
                texts.append(chance.choice(texts))
        page = republish(page, introduction=paragraphs(*texts))
        assert stored(source_of(page)) == extracted(page)


def test_what_stays_is_not_asked_for_one_by_one(swedish_site: ExampleSite) -> None:
    def cost(texts: list[str], slug: str) -> int:
        page = published_page(swedish_site, *texts, slug=slug)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            republish(page, introduction=paragraphs("Rättat.", *texts[1:]))
        return len(queries)

    cost(["Ett.", "Två."], "forst")  # The first asks for what the process then knows.
    few = cost(["Ett.", "Två."], "fa")
    # Of one word like what takes its place: counts that change are stored, and cost one more.
    many = cost([f"Mening{number}." for number in range(60)], "manga")
    assert many == few


def test_a_sentence_corrected_often_keeps_its_last_translations_alone(
    swedish_site: ExampleSite,
) -> None:
    page = published_page(swedish_site, "Mening 0.")
    translate(page, "fi")
    for number in range(1, 5):
        page = republish(page, introduction=paragraphs(f"Mening {number}."))
    translate(page, "smj")
    for number in range(5, 12):
        page = republish(page, introduction=paragraphs(f"Mening {number}."))
    assert status(page, "fi").outdated == status(page, "smj").outdated == 1
    changes = SourceChange.objects.filter(context__object__translation_key=page.translation_key)
    leading = changes.filter(current__data="Mening 11.").values_list("previous__data", flat=True)
    # The one before, and the last that is translated into each language.
    assert set(leading) == {"Mening 0.", "Mening 4.", "Mening 10."}
    translate(page, "smj", only(marked("smj"), "introduction"))
    assert (status(page, "smj").outdated, status(page, "fi").outdated) == (0, 1)
