"""Other programs and administrators: the API, stopping and starting, lost bookkeeping."""

from typing import Any
from uuid import UUID

from wagtail_localize.models import (
    Translation,
    TranslationSource,
)

from cms.translation.lifecycle.synchronisation import start_synchronisation, stop_synchronisation
from tests.cms.translation.histories.judge import SOURCE, folded, texts_of
from tests.cms.translation.histories.world import (
    Keys,
    NothingThere,
    World,
    begun,
    latest,
    page_key,
    pick,
)


def write_by_api(world: World, a: int, b: int, c: int) -> Keys:
    """Writes a page in another language through the API: its own words or those of the source."""
    key = page_key(world, a)
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
    if response.status_code == 403 and code in world.log.wanting:
        # What nobody has approved is entered as a translation.
        raise NothingThere
    assert response.status_code == 200, response.content
    return {key}


def stop(world: World, a: int, b: int, c: int) -> Keys:
    """Stops a translation, or starts it again."""
    translation = begun(world, a)
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
    sources = set().union(*world.log.ever[key].get(SOURCE, {}).values())
    for text in texts_of(latest(world.version(key, code))):
        for piece in map(folded, text.pieces):
            # What the source says there, nobody wrote.
            if piece.startswith("ord ") and piece not in sources:
                world.log.kept[key, code].add(piece)


def lose_bookkeeping(world: World, a: int, b: int, c: int) -> Keys:
    """Deletes rows of wagtail-localize: of one translation, or of a source with all of them."""
    translation = begun(world, a)
    key: UUID = translation.source.object_id
    if b % 2:
        translation.delete()
    else:
        TranslationSource.objects.filter(object=key).delete()
    return {key}
