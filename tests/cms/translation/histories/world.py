"""A site of two pages and a fact, and everything that people and programs do to it.

Each step is a function of the world and three numbers that choose among what there is. It returns
the translation keys that it touched, or raises ``NothingThere``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import APIToken, Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.delivery.tracking.transaction import tracked
from cms.exchange.importing import Import, import_file
from cms.exchange.units import Unit, UnitGroup, UnreadableFile
from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.lifecycle.publishing import CannotPublish, publish_translation
from cms.translation.lifecycle.synchronisation import start_synchronisation, stop_synchronisation
from cms.translation.models import SameOnPurpose
from cms.translation.status.counting import recounting_once
from cms.translation.texts.same_on_purpose import say_same, withdraw_same
from home.models import ContentPage, HomePage
from strategy.models import Municipality
from tests.cms.exchange.carrying import filled
from tests.cms.translation.histories.judge import Log, folded, has_letters, texts_of
from tests.factories.site import start_site
from tests.factories.snippets import MunicipalityFactory

LANGUAGES = ("en", "fi", "fit", "se", "smj", "sma", "yi", "rom")
CLOSE = ("fi", "fit")
"""Languages in which one copies from the other; they are chosen more often."""


class NothingThere(Exception):
    """There is nothing to do it with."""


REFUSALS = (NothingThere, CannotPublish, UnreadableFile, ValidationError)
"""Errors of a step that cannot be done; nothing is changed then."""

Keys = set[UUID]
Thing = TypeVar("Thing")


@dataclass
class World:
    """The site, who works there, and what they have done.

    Attributes:
        folder: for files.
        log: what the judge knows.
    """

    home: Any
    keys: list[UUID]
    fact: UUID
    user: User
    client: Client
    folder: Path
    log: Log = field(default_factory=Log)
    made: int = 0

    def new_words(self, code: str) -> str:
        """A text that nobody has written before."""
        self.made += 1
        return f"Ord {self.made} på {code}"

    def model_of(self, key: UUID) -> Any:
        """The type of a page or fact."""
        return Municipality if key == self.fact else ContentPage

    def versions(self, key: UUID, *, aliases: bool = False) -> list[Any]:
        """A page or fact in all languages."""
        model = self.model_of(key)
        found = model.objects.filter(translation_key=key).select_related("locale").order_by("pk")
        if model is ContentPage and not aliases:
            found = found.filter(alias_of=None)
        return list(found)

    def version(self, key: UUID, code: str) -> Any:
        """A page or fact in a language.

        Raises:
            NothingThere: it is not in that language.
        """
        for one in self.versions(key):
            if one.locale.language_code == code:
                return one
        raise NothingThere

    def note(self) -> None:
        """Has the log remember what is live."""
        for key in self.keys:
            for one in self.versions(key):
                if one.live:
                    self.log.note(one)


@tracked
def build_world(folder: Path) -> World:
    """A start page, two pages and a fact, in Swedish and published."""
    home = start_site()
    keys = []
    for name, person in (("Kust", "Anna Åström"), ("Fjäll", "Per Ek")):
        page = ContentPage(
            title=f"{name} och land",
            slug=name.lower(),
            introduction=f"<p>{name} inleder.</p><p>{name} fortsätter.</p>",
            body=[
                ("paragraph", f"<p>{name} har ett <b>första</b> stycke.</p>"),
                ("paragraph", f"<p>{name} har ett andra.</p><p>Det är långt.</p>"),
                ("quote", {"text": f"{name} är fint.", "name": person, "role": ""}),
            ],
            live=False,
        )
        Page.objects.get(pk=home.pk).add_child(instance=page)
        page.save_revision().publish()
        keys.append(page.translation_key)
    fact = MunicipalityFactory(name="Luleå kommun")
    user = User.objects.create_superuser("chefen", password="x")
    _token, secret = APIToken.create_token(user=user, name="another system")
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
    world = World(
        HomePage.objects.get(pk=home.pk),
        [*keys, fact.translation_key],
        fact.translation_key,
        user,
        client,
        folder,
    )
    for code in LANGUAGES:
        begin_translation(world.home, locale(code), user)
    world.note()
    return world


def locale(code: str) -> Locale:
    """The locale of a language."""
    found: Locale = Locale.objects.get(language_code=code)
    return found


def pick(things: list[Thing], number: int) -> Thing:
    """One of some things, counted round."""
    if not things:
        raise NothingThere
    return things[number % len(things)]


def language(number: int) -> str:
    """One of the eight; the close ones more often, so that much happens to the same page."""
    return (*LANGUAGES, *CLOSE, *CLOSE, *CLOSE, *CLOSE)[number % 16]


def _page_key(world: World, a: int) -> UUID:
    """A page, the first more often than the others."""
    keys = [key for key in world.keys if key != world.fact]
    return pick([*keys, keys[0], keys[0]], a)


def _some_key(world: World, a: int) -> UUID:
    """A page more often than the fact."""
    return world.fact if a % 9 == 0 else _page_key(world, a)


def _begun(world: World, a: int) -> Translation:
    found = Translation.objects.filter(source__object__in=world.keys)
    return pick(list(found.select_related("source", "target_locale").order_by("pk")), a)


# Editors


def edit_source(world: World, a: int, b: int, c: int) -> Keys:
    """Changes a text of the Swedish page; mostly publishes it."""
    key = _some_key(world, a)
    return _write(world, world.version(key, "sv"), b, c)


def edit_by_hand(world: World, a: int, b: int, c: int) -> Keys:
    """Changes a text in another language in the page itself, once it is written by hand."""
    key = _some_key(world, a)
    for one in world.versions(key):
        code = one.locale.language_code
        begun = Translation.objects.filter(
            source__object=key, target_locale=one.locale, enabled=True
        )
        if code != "sv" and not begun.exists():
            return _write(world, one, b, c)
    raise NothingThere


def _write(world: World, one: Any, b: int, c: int) -> Keys:
    one = _latest(one)
    words = world.new_words(one.locale.language_code)
    if isinstance(one, Municipality):
        one.name = words
    else:
        _rewrite(one, words, b)
    revision = one.save_revision(user=world.user)
    if c % 5:
        revision.publish()
    return {one.translation_key}


def _latest(one: Any) -> Any:
    return one.get_latest_revision_as_object() if one.latest_revision_id else one


def _rewrite(page: Any, words: str, b: int) -> None:
    raw = [dict(block) for block in page.body.raw_data]
    match b % 6:
        case 0:
            page.title = words
        case 1:
            page.introduction = f"<p>{words}</p>{page.introduction}"
        case 2 if raw:
            raw[0] = {**raw[0], "type": "paragraph", "value": f"<p>{words}</p>"}
        case 3:
            raw.append({"type": "paragraph", "value": f"<p>{words}</p>", "id": str(uuid4())})
        case 4 if raw:
            raw.pop()
        case _:
            page.introduction = f"<p>{words}</p>"
    page.body = page._meta.get_field("body").stream_block.to_python(raw)


def rearrange(world: World, a: int, b: int, c: int) -> Keys:
    """Swaps blocks, copies one, or writes them with new ids."""
    one = _latest(pick(world.versions(_page_key(world, a)), b))
    raw = [dict(block) for block in one.body.raw_data]
    match c % 3:
        case 0:
            raw.reverse()
        case 1 if raw:
            raw.append({**raw[0], "id": str(uuid4())})
        case _:
            raw = [{**block, "id": str(uuid4())} for block in raw]
    one.body = one._meta.get_field("body").stream_block.to_python(raw)
    one.save_revision(user=world.user).publish()
    return {one.translation_key}


def restore(world: World, a: int, b: int, c: int) -> Keys:
    """Publishes an older revision, in any language."""
    one = pick(world.versions(_some_key(world, a)), b)
    pick(list(one.revisions.order_by("pk")), c).publish()
    return {one.translation_key}


def unpublish(world: World, a: int, b: int, c: int) -> Keys:
    """Takes a page or fact down in a language, or brings it back."""
    one = pick(world.versions(_some_key(world, a)), b)
    if one.live:
        one.unpublish()
    else:
        (one.get_latest_revision() or one.save_revision()).publish()
    return {one.translation_key}


def delete(world: World, a: int, b: int, c: int) -> Keys:
    """Deletes a page or fact in a language, one in three times in Swedish."""
    key = _some_key(world, a)
    one = world.version(key, "sv") if b % 3 == 0 else pick(world.versions(key), c)
    one.delete()
    return {key}


def copy(world: World, a: int, b: int, c: int) -> Keys:
    """Copies a page within its language and publishes the copy."""
    key = _page_key(world, a)
    one = pick(world.versions(key), b)
    made = CopyPageAction(
        one, update_attrs={"slug": f"kopia-{uuid4().hex[:8]}"}, user=None, keep_live=bool(c % 2)
    ).execute(skip_permission_checks=True)
    world.keys.append(made.translation_key)
    world.log.note_copy(key, made.translation_key, one.locale.language_code)
    if c % 3:
        made.save_revision().publish()
    return {key, made.translation_key}


def copy_for_translation(world: World, a: int, b: int, c: int) -> Keys:
    """Copies a page or fact into another language, as it is or as an alias, which is converted."""
    key = _some_key(world, a)
    one = pick(world.versions(key), c)
    target = locale(language(b))
    if any(each.locale_id == target.pk for each in world.versions(key, aliases=True)):
        raise NothingThere
    world.log.note(one)
    if isinstance(one, Municipality):
        made = one.copy_for_translation(target)
        made.live = False
        made.save()
    else:
        made = one.copy_for_translation(target, copy_parents=True, alias=bool(c % 2))
        if c % 2 and c % 4 == 1:
            return {key}
        if c % 2:
            made = ConvertAliasPageAction(made).execute(skip_permission_checks=True)
    made.save_revision().publish()
    return {key}


def convert_alias(world: World, a: int, b: int, c: int) -> Keys:
    """Makes an alias a page of its own."""
    aliases = Page.objects.filter(translation_key__in=world.keys).exclude(alias_of=None)
    one = pick(list(aliases.order_by("pk")), a).specific
    ConvertAliasPageAction(one).execute(skip_permission_checks=True)
    return {one.translation_key}


# Translators


def begin(world: World, a: int, b: int, c: int) -> Keys:
    """Begins a translation, enters some strings and mostly publishes it."""
    key = _some_key(world, a)
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
    translation = _begun(world, a)
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
    translation = _begun(world, a)
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
    translation = _begun(world, a)
    publish_translation(translation.source, translation.target_locale, world.user)
    return {translation.source.object_id}


def bring_file(world: World, a: int, b: int, c: int) -> Keys:
    """A file comes back: some strings done, some as they were handed out, some pre-filled."""
    translation = _begun(world, a)
    key, target = translation.source.object_id, translation.target_locale
    code = target.language_code
    done: list[str] = []

    def fill(_group: UnitGroup, unit: Unit) -> Unit:
        kind = (b + len(done)) % 3
        if unit.path == "slug" or kind == 0:
            return unit
        if kind == 1:
            return replace(unit, target=unit.source, state="needs-translation")
        done.append(_same_markup(unit.source, world.new_words(code)))
        return replace(unit, target=done[-1], state="translated")

    path = filled(world.folder, fill, ("xliff", "po")[c % 2], language=code, keys=[key])
    import_file(path, path.name, Import(user=world.user))
    if StringTranslation.objects.filter(
        context__object=key, locale=target, data__in=done, tool_name=path.name
    ).exists():
        for text in done:
            world.log.persons[key, code].add(folded(text))
            world.log.kept[key, code].add(folded(text))
    if c % 3:
        publish_translation(translation.source, target, world.user)
    return {key}


def _same_markup(source: str, words: str) -> str:
    """Words with the tags that the source has."""
    return f"<b>{words}</b>" if "<b>" in source else words


# Other programs


def write_by_api(world: World, a: int, b: int, c: int) -> Keys:
    """Writes a page in another language through the API: its own words or those of the source."""
    key = _page_key(world, a)
    one = pick([each for each in world.versions(key) if each.locale.language_code != "sv"], b)
    code = one.locale.language_code
    payload: dict[str, Any] = {"meta": {"action": "publish"}}
    match c % 3:
        case 0:
            payload["title"] = world.new_words(code)
        case 1:
            payload["introduction"] = f"<p>{world.new_words(code)}</p>"
        case _:
            source = world.version(key, "sv")
            payload |= {"title": source.title.upper(), "introduction": source.introduction}
    response = world.client.patch(
        f"/api/v3/pages/{one.pk}/", data=payload, content_type="application/json"
    )
    assert response.status_code == 200, response.content
    return {key}


def stop(world: World, a: int, b: int, c: int) -> Keys:
    """Stops a translation, or starts it again."""
    translation = _begun(world, a)
    key = translation.source.object_id
    world.version(key, "sv")
    world.version(key, translation.target_locale.language_code)
    if translation.enabled:
        stop_synchronisation(translation)
    else:
        _hand_written(world, translation)
        start_synchronisation(translation, world.user)
    return {key}


def _hand_written(world: World, translation: Translation) -> None:
    """Remembers what stands on a page that was written by hand: it must be kept."""
    key, code = translation.source.object_id, translation.target_locale.language_code
    one = _latest(world.version(key, code))
    for text in texts_of(one):
        for piece in text.pieces:
            if has_letters(piece) and folded(piece).startswith("ord "):
                world.log.kept[key, code].add(folded(piece))


def say(world: World, a: int, b: int, c: int) -> Keys:
    """Says that some texts are the same in a language, or takes it back."""
    code = language(a)
    if b % 4 == 0:
        said = pick(list(SameOnPurpose.objects.order_by("pk")), c)
        code = said.locale.language_code
        withdraw_same(said.locale_id, [said.digest])
        world.log.said.discard((code, folded(said.text)))
        return set(world.keys)
    key = _some_key(world, b)
    one = pick([each for each in world.versions(key) if each.locale.language_code != "sv"], c)
    code = one.locale.language_code
    pieces = [piece for text in texts_of(one) for piece in text.pieces]
    chosen = pieces if c % 5 == 0 else [pick(pieces, c)]
    say_same(one.locale_id, chosen, SameOnPurpose.How.LIST, user=world.user)
    world.log.said |= {(code, folded(piece)) for piece in chosen if has_letters(piece)}
    return set(world.keys)


def lose_bookkeeping(world: World, a: int, b: int, c: int) -> Keys:
    """Deletes rows of wagtail-localize: of one translation, or of a source with all of them."""
    translation = _begun(world, a)
    key: UUID = translation.source.object_id
    if b % 2:
        translation.delete()
    else:
        TranslationSource.objects.filter(object=key).delete()
    return {key}


Step = Callable[[World, int, int, int], Keys]

STEPS: dict[Step, int] = {
    begin: 9,
    enter: 5,
    publish: 4,
    edit_source: 4,
    edit_by_hand: 3,
    rearrange: 3,
    restore: 5,
    unpublish: 2,
    delete: 1,
    copy: 3,
    copy_for_translation: 4,
    convert_alias: 1,
    enter_by_machine: 3,
    bring_file: 4,
    write_by_api: 4,
    stop: 4,
    say: 4,
    lose_bookkeeping: 1,
}
"""Every step, and how often it is taken."""


def taken(step: Step) -> str:
    """The name of a step."""
    return step.__name__


def all_steps() -> Iterator[Step]:
    """Each step as often as its weight says."""
    for step, weight in STEPS.items():
        yield from [step] * weight
