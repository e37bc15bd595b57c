"""Translators at work in the CMS: they begin, enter, publish, say what is the same."""

from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
)

from cms.delivery.tracking.transaction import tracked
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.models import SameOnPurpose, Suggestion
from cms.translation.status.counting import recounting_once
from cms.translation.suggestions import use_suggestion
from cms.translation.texts.same_on_purpose import say_same, withdraw_same
from tests.cms.translation.histories.judge import folded, has_letters, texts_of
from tests.cms.translation.histories.world import (
    Keys,
    World,
    begun,
    language,
    locale,
    pick,
    some_key,
)


def begin(world: World, a: int, b: int, c: int) -> Keys:
    """Begins a translation, enters some strings and mostly publishes it."""
    key = some_key(world, a)
    code = language(b)
    source = world.version(key, "sv")
    # It may never have been published; what is made of it says the same.
    world.log.note(source)
    begin_translation(source, locale(code), world.user)
    translation = Translation.objects.get(source__object=key, target_locale=locale(code))
    _enter(world, translation, b, c)
    if c % 4:
        publish_translation(translation.source, locale(code), world.user)
    return {key}


def enter(world: World, a: int, b: int, c: int) -> Keys:
    """Enters strings of a translation that was begun."""
    translation = begun(world, a)
    _enter(world, translation, b, c)
    return {translation.source.object_id}


@tracked
def _enter(world: World, translation: Translation, b: int, c: int) -> None:
    """Enters some strings: own words, what the source says, or what another language says."""
    code = translation.target_locale.language_code
    place = (translation.source.object_id, code)
    with recounting_once():
        for number, segment in enumerate(_segments(translation)):
            kind = (b + c * number + number * number) % 7
            if kind < 2 and c % 3:
                continue
            text = world.new_words(code)
            if kind == 3:
                text = segment.string.data
            elif kind in (4, 5):
                text = _words_of_another(segment, translation, b) or text
            _type(world, segment, translation.target_locale, text)
            world.log.persons[place].add(folded(text))
            if folded(text) == folded(segment.string.data):
                world.log.said.add((code, folded(text)))
            else:
                world.log.kept[place].add(folded(text))


def _words_of_another(segment: StringSegment, translation: Translation, number: int) -> str:
    others = StringTranslation.objects.filter(
        context=segment.context, translation_of=segment.string
    ).exclude(locale=translation.target_locale)
    found = list(others.order_by("pk").values_list("data", flat=True))
    return found[number % len(found)] if found else ""


def _segments(translation: Translation) -> list[StringSegment]:
    found = StringSegment.objects.filter(source=translation.source).exclude(context__path="slug")
    return list(found.select_related("string", "context").order_by("order", "pk"))


def _type(world: World, segment: StringSegment, target: Locale, text: str) -> None:
    """Stores a text as the editor does; who types over a text does not want it any more."""
    place = {"translation_of": segment.string, "context": segment.context, "locale": target}
    for before in StringTranslation.objects.filter(**place):
        world.log.kept[segment.context.object_id, target.language_code].discard(folded(before.data))
    StringTranslation.objects.update_or_create(
        **place,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": world.user,
        },
    )


@tracked
def enter_by_machine(world: World, a: int, b: int, c: int) -> Keys:
    """A machine fills what is empty, and the translation is published."""
    translation = begun(world, a)
    key, target = translation.source.object_id, translation.target_locale
    code = target.language_code
    for segment in _segments(translation):
        place = {"translation_of": segment.string, "context": segment.context, "locale": target}
        if not StringTranslation.objects.filter(**place).exists():
            text = f"Maskin {world.new_words(code)}"
            StringTranslation.objects.create(
                **place,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
                tool_name="machine",
            )
            world.log.machines[key, code].add(folded(text))
    if b % 3:
        publish_translation(translation.source, target, world.user)
    return {key}


def publish(world: World, a: int, b: int, c: int) -> Keys:
    """Publishes a translation."""
    translation = begun(world, a)
    publish_translation(translation.source, translation.target_locale, world.user)
    return {translation.source.object_id}


@tracked
def use_one(world: World, a: int, b: int, c: int) -> Keys:
    """Takes a suggestion as the translation, where the page is translated; mostly publishes it."""
    suggestion = pick(list(Suggestion.objects.order_by("pk")), a)
    key, target = suggestion.context.object_id, suggestion.locale
    # The view answers 404 without one.
    translation = pick(
        list(
            Translation.objects.filter(
                enabled=True, source__object_id=key, target_locale=target
            ).select_related("source")
        ),
        0,
    )
    taken = use_suggestion(suggestion, world.user)
    text = folded(taken.data)
    world.log.persons[key, target.language_code].add(text)
    world.log.unfinished[key, target.language_code].discard(text)
    if c % 3:
        publish_translation(translation.source, target, world.user)
    return {key}


def say(world: World, a: int, b: int, c: int) -> Keys:
    """Says that some texts are the same in a language, or takes it back."""
    code = language(a)
    if b % 4 == 0:
        said = pick(list(SameOnPurpose.objects.order_by("pk")), c)
        code = said.locale.language_code
        withdraw_same(said.locale_id, [said.digest])
        world.log.said.discard((code, folded(said.text)))
        return set(world.keys)
    key = some_key(world, b)
    one = pick([each for each in world.versions(key) if each.locale.language_code != "sv"], c)
    code = one.locale.language_code
    pieces = [piece for text in texts_of(one) for piece in text.pieces]
    chosen = pieces if c % 5 == 0 else [pick(pieces, c)]
    say_same(one.locale_id, chosen, SameOnPurpose.How.LIST, user=world.user)
    world.log.said |= {(code, folded(piece)) for piece in chosen if has_letters(piece)}
    return set(world.keys)
