"""Editors at work: they write, move, copy, restore and delete pages and facts."""

from typing import Any
from uuid import uuid4

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page
from wagtail_localize.models import (
    Translation,
)

from cms.translation.lifecycle.taking_down import Choice, choosing
from strategy.models import Municipality
from tests.cms.translation.histories.world import (
    Keys,
    NothingThere,
    World,
    language,
    latest,
    locale,
    page_key,
    pick,
    some_key,
)


def edit_source(world: World, a: int, b: int, c: int) -> Keys:
    """Changes a text of the Swedish page; mostly publishes it."""
    key = some_key(world, a)
    return _write(world, world.version(key, "sv"), b, c)


def edit_by_hand(world: World, a: int, b: int, c: int) -> Keys:
    """Changes a text in another language in the page itself, once it is written by hand."""
    key = some_key(world, a)
    for one in world.versions(key):
        code = one.locale.language_code
        begun = Translation.objects.filter(
            source__object=key, target_locale=one.locale, enabled=True
        )
        if code != "sv" and not begun.exists():
            return _write(world, one, b, c)
    raise NothingThere


def _write(world: World, one: Any, b: int, c: int) -> Keys:
    one = latest(one)
    words = world.new_words(one.locale.language_code)
    if isinstance(one, Municipality):
        one.name = words
    else:
        _rewrite(one, words, b)
    revision = one.save_revision(user=world.user)
    if c % 5:
        revision.publish()
    return {one.translation_key}


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
    one = latest(pick(world.versions(page_key(world, a)), b))
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
    one = pick(world.versions(some_key(world, a)), b)
    pick(list(one.revisions.order_by("pk")), c).publish()
    return {one.translation_key}


def unpublish(world: World, a: int, b: int, c: int) -> Keys:
    """Takes a page or fact down, alone or with its translations, or brings it back."""
    one = pick(world.versions(some_key(world, a)), b)
    if one.live:
        with choosing(_choice(c)):
            one.unpublish()
    else:
        (one.get_latest_revision() or one.save_revision()).publish()
    return {one.translation_key}


def delete(world: World, a: int, b: int, c: int) -> Keys:
    """Deletes a page or fact in a language, one in three times in Swedish."""
    key = some_key(world, a)
    one = world.version(key, "sv") if b % 3 == 0 else pick(world.versions(key), c)
    with choosing(_choice(b)):
        one.delete()
    return {key}


def _choice(number: int) -> Choice:
    return pick(list(Choice), number // 3)


def copy(world: World, a: int, b: int, c: int) -> Keys:
    """Copies a page within its language and publishes the copy."""
    key = page_key(world, a)
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
    key = some_key(world, a)
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
