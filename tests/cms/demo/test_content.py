"""The demo shows all that the content model can do, in Swedish, English and Finnish."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.content.rules.judging import findings_of
from cms.content.stream_field import StreamField
from cms.demo.site import HOME_KEY
from cms.languages.registry import LANGUAGES
from strategy.models import (
    ClimatePage,
    CulturePage,
    EffortPage,
    GoalPage,
    Indicator,
    IndustryPage,
    Municipality,
    SkillsPage,
    StoryPage,
    StrategyPage,
    TransportPage,
    YouthPage,
)
from strategy.models.snippets import SharedFact
from tests.cms.demo.walking import (
    leaves,
    page_models,
    stream_fields,
    swedish,
    used_leaves,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.shared_out]

COMPLETE_LANGUAGES = ("en", "fi")
"""Languages into which everything is translated. In the others only what is well attested is."""

AREAS = (CulturePage, ClimatePage, SkillsPage, TransportPage, IndustryPage, YouthPage)
WELCOMED = ("fit", "se", "smj", "yi")
"""Of the others: those in which a word of welcome is well attested."""

PARTIAL_LANGUAGES = [code for code in LANGUAGES if code != "sv" and code not in COMPLETE_LANGUAGES]

# One can be set only where the other is not.
ALTERNATIVES = {"image_decorative": "image_alt_text"}

MUNICIPALITIES = {
    "2505": "Arvidsjaur",
    "2506": "Arjeplog",
    "2510": "Jokkmokk",
    "2513": "Överkalix",
    "2514": "Kalix",
    "2518": "Övertorneå",
    "2521": "Pajala",
    "2523": "Gällivare",
    "2560": "Älvsbyn",
    "2580": "Luleå",
    "2581": "Piteå",
    "2582": "Boden",
    "2583": "Haparanda",
    "2584": "Kiruna",
}

# What is written alike in Swedish and in a translation: names, figures and abbreviations.
SAME_IN_EVERY_LANGUAGE = re.compile(
    r"""
    [\d\s.,:%–-]+                            # figures
    | rus-2030 | RUS\ 2030                   # a short name and an address made of it
    | Region\ Norrbotten
    | Exempel[a-zäåö]+\ AB                   # companies of the demo
    | [A-ZÅÄÖ][a-zåäö]+\ Exempel             # people of the demo
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize("model", page_models(), ids=lambda model: model.__name__)
def test_every_page_type_is_in_use(model: type[Page]) -> None:
    assert swedish(model)


@pytest.mark.parametrize("model", page_models(), ids=lambda model: model.__name__)
def test_every_block_and_each_of_its_fields_is_in_use(model: type[Page]) -> None:
    # A body has the same blocks on every page type of its app: one page of any type will do.
    for field in stream_fields(model):
        pages = [
            page
            for other in page_models()
            if any(
                type(same.stream_block) is type(field.stream_block)
                and list(same.stream_block.child_blocks) == list(field.stream_block.child_blocks)
                for same in stream_fields(other)
                if same.name == field.name
            )
            for page in swedish(other)
        ]
        used = {
            leaf
            for page in pages
            for leaf in used_leaves(
                field.stream_block, list(getattr(page, field.name).raw_data), ""
            )
        }
        unused = set(leaves(field.stream_block, "")) - used
        if field.name == "body" and not hasattr(model, "key_figures"):
            # Plain content pages share all blocks but one with the pages of the strategy.
            unused = {name for name in unused if name.split(".")[0] not in used_in_bodies()}
        assert not unused, f"{model.__name__}.{field.name}: the demo uses no {sorted(unused)}"


def used_in_bodies() -> set[str]:
    """The types of all blocks in bodies."""
    return {
        block["type"]
        for model in page_models()
        if hasattr(model, "body")
        for page in swedish(model)
        for block in page.body.raw_data
    }


@pytest.mark.parametrize("model", AREAS, ids=lambda model: model.__name__)
def test_every_field_of_an_area_is_in_use(model: type[Page]) -> None:
    (page,) = swedish(model)
    for field in model.translatable_fields:
        name = field.field_name
        if name in ALTERNATIVES:
            assert getattr(page, ALTERNATIVES[name])
            continue
        value = getattr(page, name)
        filled = value.exists() if hasattr(value, "exists") else bool(value)
        assert filled, f"{model.__name__}.{name} is empty in the demo"


def test_facts_are_those_that_are_known() -> None:
    assert (
        dict(Municipality.objects.filter(locale__language_code="sv").values_list("code", "name"))
        == MUNICIPALITIES
    )
    (industry,) = swedish(IndustryPage)
    assert (industry.people_needed, industry.people_needed_by) == (100_000, 2035)
    current = StrategyPage.objects.get(state="in_force", locale__language_code="sv")
    former = StrategyPage.objects.get(state="superseded", locale__language_code="sv")
    assert current.succeeds_id == former.pk
    priorities = [page.title for page in former.get_children()]
    assert priorities == [
        "Hög livskvalitet i attraktiva livsmiljöer",
        "Hållbara transporter och tillgänglighet",
        "Flexibel och väl fungerande kompetensförsörjning",
        "Smarta, hållbara innovationer och entreprenörskap",
    ]
    assert all(page.get_children().count() >= 2 for page in former.get_children())


@pytest.mark.parametrize(
    ("code", "word"), [("sv", "Exempel"), ("en", "Example"), ("fi", "Esimerkki")]
)
def test_what_is_made_up_says_so(code: str, word: str) -> None:
    for goal in GoalPage.objects.filter(locale__language_code=code):
        assert goal.statement.startswith(f"{word}:")
        assert goal.indicators.exists()
    for effort in EffortPage.objects.filter(locale__language_code=code):
        assert effort.summary.startswith(f"{word}:")
    for story in StoryPage.objects.filter(locale__language_code=code):
        assert story.lead.startswith(f"{word}:")
    for indicator in Indicator.objects.filter(locale__language_code=code):
        assert word.casefold() in indicator.name.casefold()
        assert indicator.source.startswith(word)


def test_stories_differ_in_year_municipality_kind_and_area() -> None:
    stories = swedish(StoryPage)
    assert len(stories) == 6
    assert len({story.year for story in stories}) >= 4
    assert len({story.municipality_id for story in stories}) == 6
    assert {story.kind for story in stories} == {"company", "project"}
    assert all(story.related_pages.exists() for story in stories)


@pytest.mark.parametrize("model", page_models(), ids=lambda model: model.__name__)
def test_an_editor_could_save_every_page_and_is_advised_nothing(model: type[Page]) -> None:
    for page in model.objects.all():
        page.full_clean()
        assert not list(findings_of(page)), page
        for field in stream_fields(model):
            field.stream_block.clean(getattr(page, field.name))


@pytest.mark.parametrize("code", ["sv", *COMPLETE_LANGUAGES])
def test_every_image_has_an_alternative_text_in_each_language(code: str) -> None:
    for model in page_models():
        for page in model.objects.filter(locale__language_code=code):
            if getattr(page, "image_id", None):
                assert page.image_alt_text or page.image_decorative, f"{code} {page.title}"
            for field in stream_fields(model):
                for block in getattr(page, field.name).raw_data:
                    if block["type"] == "image":
                        image = block["value"]["image"]
                        assert image["alt_text"] or image["decorative"], f"{code} {page.title}"


def test_images_say_who_made_them() -> None:
    assert get_image_model().objects.count() >= 10
    assert not get_image_model().objects.filter(credit="").exists()


@pytest.mark.parametrize("code", COMPLETE_LANGUAGES)
def test_wagtail_localize_says_that_the_language_is_up_to_date(code: str) -> None:
    translations = Translation.objects.filter(target_locale__language_code=code)
    for translation in translations:
        total, translated = translation.get_progress()
        assert total == translated, f"{code}: {translation.source.object_repr}"
    swedish_pages = set(
        Page.objects.filter(locale__language_code="sv", depth__gt=1).values_list(
            "translation_key", flat=True
        )
    )
    pages = Page.objects.filter(locale__language_code=code, live=True, alias_of=None)
    assert {page.translation_key for page in pages} == swedish_pages
    for model in fact_models():
        assert keys(model, code) == keys(model, "sv")


@pytest.mark.parametrize("code", COMPLETE_LANGUAGES)
def test_translated_pages_stand_in_the_order_of_the_swedish_ones(code: str) -> None:
    def order(language: str) -> list[Any]:
        pages = Page.objects.filter(locale__language_code=language, depth__gt=1).order_by("path")
        return list(pages.values_list("translation_key", flat=True))

    assert order(code) == order("sv")


def test_the_sources_of_translations_are_what_is_published() -> None:
    for source in TranslationSource.objects.all():
        published = source.get_source_instance()
        assert json.loads(published.to_json()) == json.loads(source.content_json), source


@pytest.mark.parametrize("code", PARTIAL_LANGUAGES)
def test_other_languages_hold_only_what_is_attested(code: str) -> None:
    home = Page.objects.get(locale__language_code=code, depth__gt=1)
    assert home.translation_key == HOME_KEY
    assert home.live
    translated = set(
        StringTranslation.objects.filter(
            locale__language_code=code, context__object_id=home.translation_key
        ).values_list("context__path", flat=True)
    )
    # A title that says something else than the Swedish one would teach machines a wrong word.
    assert translated == {"slug"} | ({"greeting"} if code in WELCOMED else set())
    translation = Translation.objects.get(
        target_locale__language_code=code, source__object_id=home.translation_key
    )
    total, done = translation.get_progress()
    assert 0 < done < total
    for model in fact_models():
        if model is not Municipality:
            assert not keys(model, code)


def test_no_page_is_an_alias_or_a_draft() -> None:
    pages = Page.objects.filter(depth__gt=1)
    assert not pages.exclude(alias_of=None).exists()
    assert not pages.filter(live=False).exists()
    assert not pages.filter(has_unpublished_changes=True).exists()
    for model in fact_models():
        assert not model._default_manager.filter(live=False).exists()


@pytest.mark.parametrize("code", COMPLETE_LANGUAGES)
def test_no_translation_is_left_in_swedish(code: str) -> None:
    names = {segment.string.data for segment in municipality_names()}
    left = {
        translation.data
        for translation in StringTranslation.objects.filter(
            locale__language_code=code
        ).select_related("translation_of")
        if translation.data == translation.translation_of.data
        and translation.data not in names
        and not SAME_IN_EVERY_LANGUAGE.fullmatch(translation.data)
    }
    assert not left


def test_what_a_person_has_yet_to_read_is_marked() -> None:
    types = StringTranslation.objects.values_list("locale__language_code", "translation_type")
    assert set(types.distinct()) == {
        (code, "machine" if code == "fi" else "manual") for code in LANGUAGES if code != "sv"
    }


def municipality_names() -> Any:
    """The segments that hold a municipality's name."""
    return StringSegment.objects.filter(
        source__specific_content_type__model="municipality"
    ).select_related("string")


def fact_models() -> list[type[Model]]:
    """Every kind of snippet."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, SharedFact) and issubclass(model, TranslatableMixin)
    ]


def keys(model: type[Model], code: str) -> set[Any]:
    """The translation keys of a model's rows in a language."""
    rows = model._default_manager.filter(locale__language_code=code)
    return set(rows.values_list("translation_key", flat=True))


def _json_type(value: object) -> str:
    """The type's name; figures with and without decimals are numbers, as in JSON."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "number" if is_number else type(value).__name__


def test_one_kind_of_value_is_stored_as_one_type_in_every_language() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, StreamField):
                for row in model._default_manager.all():
                    stream = list(getattr(row, field.name).raw_data)
                    for path, value in _leaves(field.stream_block, stream, field.name):
                        if value not in (None, ""):
                            kinds[path].add(_json_type(value))
    assert len(kinds) > 30
    assert {path: found for path, found in kinds.items() if len(found) > 1} == {}


def _leaves(definition: Any, raw: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(definition, blocks.BaseStreamBlock):
        for child in raw:
            inner = definition.child_blocks[child["type"]]
            yield from _leaves(inner, child["value"], f"{path}.{child['type']}")
    elif isinstance(definition, blocks.ListBlock):
        for item in raw or ():
            yield from _leaves(definition.child_block, item.get("value", item), f"{path}.*")
    elif isinstance(definition, blocks.BaseStructBlock) and isinstance(raw, dict):
        for name, value in raw.items():
            if name in definition.child_blocks:
                yield from _leaves(definition.child_blocks[name], value, f"{path}.{name}")
    elif isinstance(raw, dict):
        for name, value in raw.items():
            yield f"{path}.{name}", value
    else:
        yield path, raw
