"""Translators at work in the CMS: they begin, enter, publish, say what is the same."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
)

from cms.delivery.tracking.transaction import tracked
from cms.translation.approval.approving import approve, reason_not_to_approve
from cms.translation.approval.switching import switch_approval
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.publishing import publish_translation
from cms.translation.models import SameOnPurpose, Suggestion
from cms.translation.status.counting import recounting_once
from cms.translation.status.status_check import status_faults
from cms.translation.texts.same_on_purpose import say_same, withdraw_same
from cms.translation.texts.versions import version_of
from tests.cms.translation.histories.judge import folded, has_letters, texts_of
from tests.cms.translation.histories.world import (
    Keys,
    NothingThere,
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
            world.log.enter(place, text, world.user.pk)
            if folded(text) == folded(segment.string.data):
                world.log.say(code, text, world.user.pk)
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


def type_in_editor(world: World, a: int, b: int, c: int) -> Keys:
    """Types some strings in the editor: own words, the source's, with a fault, or none.

    Of some is said there that they are the same; some have stood otherwise on the screen.
    """
    translation = begun(world, a)
    key, target = translation.source.object_id, translation.target_locale
    client = Client()
    client.force_login(world.user)
    wrong = set(status_faults())
    for number, segment in enumerate(_segments(translation)):
        kind = (b + c * number + number * number) % 8
        if kind < 2 and c % 3:
            continue
        place = {"translation_of": segment.string, "context": segment.context, "locale": target}
        before = StringTranslation.objects.filter(**place).first()
        over = version_of(before.data) if before is not None else ""
        where = [translation.pk, segment.context_id, segment.string_id]
        if kind == 7:
            address = reverse("cms_translation:editor_same", args=where)
            answer = client.post(address, {"over": over}, content_type="application/json")
            text = segment.string.data
        else:
            address = reverse("cms_translation:editor_string", args=where)
            text = _typed(world, segment, translation, kind)
            sent = {"data": text, "over": over}
            answer = client.put(address, sent, content_type="application/json")
        if answer.status_code != (200 if translation.enabled else 410):
            raise AssertionError(f"The editor answers {answer.status_code} to {text!r}.")
        _note_typed(world, segment, translation, before, text, is_said=kind == 7)
    if c % 3:
        publish_translation(translation.source, target, world.user)
    elif new := set(status_faults()) - wrong:
        raise AssertionError(f"Typing is counted wrong: {new}")
    return set(world.keys) | {key}


def _typed(world: World, segment: StringSegment, translation: Translation, kind: int) -> str:
    words = world.new_words(translation.target_locale.language_code)
    if kind == 3:
        return str(segment.string.data)
    if kind == 4:
        return _words_of_another(segment, translation, kind) or words
    if kind == 5:
        return ""
    return f"{words} <b>utan slut" if kind == 6 else words


def _note_typed(
    world: World,
    segment: StringSegment,
    translation: Translation,
    before: StringTranslation | None,
    text: str,
    *,
    is_said: bool,
) -> None:
    code = translation.target_locale.language_code
    place = (translation.source.object_id, code)
    is_source = folded(text) == folded(segment.string.data)
    if translation.enabled and before is not None:
        world.log.kept[place].discard(folded(before.data))
    if is_said and translation.enabled and has_letters(text):
        world.log.say(code, text, world.user.pk)
    if text and not is_source:
        world.log.enter(place, text, world.user.pk)
        world.log.kept[place].add(folded(text))


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


def use_one(world: World, a: int, b: int, c: int) -> Keys:
    """Puts a suggestion into its box, where the page is translated; mostly publishes it."""
    suggestion = pick(list(Suggestion.objects.order_by("pk")), a)
    key, target = suggestion.context.object_id, suggestion.locale
    translation = pick(
        list(
            Translation.objects.filter(
                enabled=True, source__object_id=key, target_locale=target
            ).select_related("source", "target_locale")
        ),
        0,
    )
    rows = [one for one in _segments(translation) if one.context_id == suggestion.context_id]
    segment = pick([one for one in rows if one.string.data == suggestion.source_text] or rows, 0)
    place = {"translation_of": segment.string, "context": segment.context, "locale": target}
    before = StringTranslation.objects.filter(**place).first()
    over = version_of(before.data) if before is not None else ""
    client = Client()
    client.force_login(world.user)
    where = [translation.pk, segment.context_id, segment.string_id]
    answer = client.put(
        reverse("cms_translation:editor_string", args=where),
        {"data": suggestion.data, "over": over},
        content_type="application/json",
    )
    if answer.status_code != 200:
        raise AssertionError(f"The editor answers {answer.status_code} to {suggestion.data!r}.")
    _note_typed(world, segment, translation, before, suggestion.data, is_said=False)
    world.log.unfinished[key, target.language_code].discard(folded(suggestion.data))
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
        world.log.said_waiting.pop((code, folded(said.text)), None)
        return set(world.keys)
    key = some_key(world, b)
    one = pick([each for each in world.versions(key) if each.locale.language_code != "sv"], c)
    code = one.locale.language_code
    pieces = [piece for text in texts_of(one) for piece in text.pieces]
    chosen = pieces if c % 5 == 0 else [pick(pieces, c)]
    user = world.other if c % 2 else world.user
    say_same(one.locale_id, chosen, SameOnPurpose.How.LIST, user=user)
    for piece in filter(has_letters, dict.fromkeys(map(folded, chosen))):
        world.log.say(code, piece, user.pk)
    return set(world.keys)


@tracked
def approve_some(world: World, a: int, b: int, c: int) -> Keys:
    """Somebody approves all of a page that another has entered; mostly publishes it."""
    translation = begun(world, a)
    key, target = translation.source.object_id, translation.target_locale
    user = world.user if b % 3 == 0 else world.other
    stored = StringTranslation.objects.filter(
        context__object_id=key,
        locale=target,
        translation_of__in=[segment.string_id for segment in _segments(translation)],
    ).select_related("context", "locale", "translation_of")
    chosen = [one for one in stored if not reason_not_to_approve(one, user)]
    approve(chosen, user)
    for one in chosen:
        world.log.approve((key, target.language_code), one.data, user.pk)
        if target.language_code in world.log.wanting and has_letters(one.data):
            _say_approved(world, target.language_code, one)
    if c % 3:
        publish_translation(translation.source, target, world.user)
    return set(world.keys)


def _say_approved(world: World, code: str, one: StringTranslation) -> None:
    text = (code, folded(one.data))
    if text[1] == folded(one.translation_of.data):
        world.log.said_waiting.pop(text, None)
        world.log.said.add(text)


@tracked
def switch(world: World, a: int, b: int, c: int) -> Keys:
    """An administrator switches approval on or off for a language; more often on."""
    code = language(a)
    on = bool(b % 3)
    if not switch_approval(locale(code), on=on):
        raise NothingThere
    world.log.want(code, on=on)
    return set(world.keys)
