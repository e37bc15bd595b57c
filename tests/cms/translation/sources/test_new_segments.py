"""Tests that many new sources are stored together as each would be by itself."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import RelatedObjectSegmentValue

from cms.translation.sources import new_segments
from cms.translation.sources.new_segments import store_objects, store_segments
from home.models import ContentPage
from tests.factories.site import SNIPPET_TYPES, ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("postgresql")]

PLACE = ("source", "order", "context__object", "context__path", "context__field_path")
SEGMENTS: dict[Any, tuple[str, ...]] = {
    StringSegment: (*PLACE, "string__data", "string__locale", "attrs"),
    TemplateSegment: (
        *PLACE,
        "template__uuid",
        "template__template",
        "template__template_format",
        "template__string_count",
    ),
    RelatedObjectSegment: (*PLACE, "object", "object__content_type"),
    OverridableSegment: (*PLACE, "data_json"),
}


def stored() -> set[Any]:
    return {
        (model, *row)
        for model, names in SEGMENTS.items()
        for row in model.objects.values_list(*names)
    }


def owners(site: ExampleSite) -> list[tuple[TranslationSource, Any]]:
    """A page of each type and a fact of each, with their sources."""
    facts = [model.objects.filter(locale__language_code="sv").first() for model in SNIPPET_TYPES]
    made = []
    for owner in (*site.pages.values(), *facts):
        # The site is that of other tests too.
        type(owner).objects.get(pk=owner.pk).save_revision().publish()
        fresh = type(owner).objects.get(pk=owner.pk)
        made.append((TranslationSource.objects.get_for_instance(fresh), fresh))
    return made


def forget_segments() -> None:
    for model in (*SEGMENTS, TranslationContext, String, Template):
        model.objects.all().delete()


def test_every_type_of_page_and_fact(swedish_site: ExampleSite) -> None:
    made = owners(swedish_site)
    one_by_one = stored()
    assert {row[0] for row in one_by_one} == set(SEGMENTS) - {RelatedObjectSegment}
    forget_segments()
    store_segments(made)
    assert stored() == one_by_one


def test_contexts_and_texts_that_are_there_are_used(swedish_site: ExampleSite) -> None:
    made = owners(swedish_site)
    one_by_one = stored()
    for model in SEGMENTS:
        model.objects.all().delete()
    TranslationContext.objects.update(field_path="")
    store_segments(made)
    assert stored() == one_by_one


def test_what_is_translated_with_a_page(
    swedish_site: ExampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No type of page has a relation of that kind; wagtail-localize does."""
    fact = SNIPPET_TYPES[0].objects.filter(locale__language_code="sv").first()
    related = RelatedObjectSegmentValue.from_instance("title", fact).with_order(1)
    [made] = owners(swedish_site)[:1]
    forget_segments()
    monkeypatch.setattr(new_segments, "extract_segments", lambda instance: [related])
    store_segments([made])
    segment = RelatedObjectSegment.objects.get()
    assert (segment.source, segment.order) == (made[0], 1)
    assert segment.object_id == fact.translation_key
    assert (segment.context.path, segment.context.field_path) == ("title", "title")


def test_many_sources_are_few_statements(swedish_site: ExampleSite) -> None:
    def cost(number: int) -> int:
        made = []
        for count in range(number):
            page = ContentPage(title=f"Sida {count}", introduction=f"<p>Text {count}.</p>")
            page.slug = f"sida-{number}-{count}"
            swedish_site.home.add_child(instance=page)
            page.save_revision().publish()
            made.append((TranslationSource.objects.get_for_instance(page), page))
        forget_segments()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            store_segments(made)
        return len(queries)

    assert cost(12) == cost(3)


def test_a_key_is_of_one_type(swedish_site: ExampleSite) -> None:
    [(source, page)] = owners(swedish_site)[:1]
    key = source.object_id
    kind = ContentType.objects.get_for_model(page.get_translation_model()).pk
    store_objects([(key, kind), (key, kind)])
    with pytest.raises(ValueError, match="two types"):
        store_objects([(key, kind + 1)])
