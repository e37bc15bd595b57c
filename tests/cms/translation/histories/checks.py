"""Compares what the site says of its pages and facts with the independent judgement."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from wagtail_localize.models import StringTranslation, Translation

from cms.delivery.models import Entry, PendingRefresh
from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from cms.translation.models import LanguageStatus, LanguageTexts, Status, Suggestion
from tests.cms.delivery.publishing.small_site import document_of
from tests.cms.translation.histories.judge import (
    ORDER,
    SOURCE,
    Judgement,
    folded,
    texts_of,
)
from tests.cms.translation.histories.world import World

OWN = ("/title", "/name", "/introduction", "/body/")
"""Places at which a document shows its own texts; others beside have a language of their own."""


def complaints(world: World, keys: set[UUID]) -> Iterator[str]:
    """Finds where the site and the judgement differ on some keys, a sentence each."""
    if PendingRefresh.objects.exists():
        render_backlog()
    for key in sorted(keys & set(world.keys)):
        yield from _of_key(world, key)
    yield from _lost_words(world, keys)


def _of_key(world: World, key: UUID) -> Iterator[str]:
    versions = {one.locale.language_code: one for one in world.versions(key)}
    live = {code: one for code, one in versions.items() if one.live}
    judged = {code: world.log.judged(one, code) for code, one in live.items()}
    there = [code for code in ORDER if code in judged and judged[code].is_translation]
    for code, one in live.items():
        shown = {folded(piece) for text in texts_of(one) for piece in text.pieces}
        if half := shown & world.log.unfinished[key, code]:
            yield f"{key} in {code}: texts that are not done are live: {sorted(half)}"
        # Words that stand nowhere else; a source's or another language's may be live as that.
        unapproved = {text for text in world.log.waiting[key, code] if text.startswith("ord ")}
        if leaked := shown & unapproved:
            yield f"{key} in {code}: texts that nobody approved are live: {sorted(leaked)}"
        document = document_of(one)
        yield from _of_document(f"{key} in {code}", document, judged[code], there)
        for entry in document["translations"]:
            allowed = expected_statuses(world, key, entry["locale"], judged[entry["locale"]])
            if entry["status"] not in allowed:
                yield f"{key} in {entry['locale']} is {entry['status']}, not {sorted(allowed)}"
    own = set(Entry.objects.filter(key=key, is_own=True).values_list("locale", flat=True))
    if own != set(there):
        yield f"{key}: there are entries in {sorted(own)}, not in {sorted(there)}"
    yield from _counted(key, live, judged)
    for alias in world.versions(key, aliases=True):
        if getattr(alias, "alias_of_id", None) and alias.live and alias.alias_of.live:
            code = alias.alias_of.locale.language_code
            document = document_of(alias)
            expected = world.log.judged(alias, code)
            if document["language"] != expected.language:
                yield f"An alias of {key} is in {document['language']}, not {expected.language}"


def _of_document(
    name: str, document: dict[str, Any], judged: Judgement, there: list[str]
) -> Iterator[str]:
    if document["language"] != judged.language:
        yield f"{name}: the document is in {document['language']}, not {judged.language}"
        return
    found = {
        pointer: code
        for pointer, code in document["languages"].items()
        if pointer.startswith(OWN) and not pointer.startswith("/municipality")
    }
    if found != judged.languages:
        yield f"{name}: the field map is {found}, not {judged.languages}"
    listed = [entry["locale"] for entry in document["translations"]]
    if listed != there:
        yield f"{name}: it is translated into {listed}, not {there}"


def _counted(key: UUID, live: dict[str, Any], judged: dict[str, Judgement]) -> Iterator[str]:
    for row in LanguageStatus.objects.filter(source__object=key).select_related("locale"):
        code = row.locale.language_code
        absent = code not in live or not judged[code].is_translation
        counts_as_absent = row.status in (Status.DRAFT, Status.MISSING)
        if absent != counts_as_absent:
            yield f"{key} in {code} is counted as {row.status}"
        if row.status == Status.COMPLETE and (judged[code].is_mixed or judged[code].shows_machine):
            yield f"{key} in {code} is counted as complete"


def expected_statuses(world: World, key: UUID, code: str, judged: Judgement) -> set[str]:
    """The statuses that something live and translated may have in public.

    It is exact for what is written by hand, and for what was published from the strings after the
    source last changed; between these, whatever is not complete may be outdated as well.
    """
    if code == SOURCE:
        return {"source"}
    is_partial = judged.is_mixed or judged.shows_machine
    kept = Translation.objects.filter(
        source__object=key, target_locale__language_code=code, enabled=True
    ).exists()
    if not kept:
        return {"partial"} if is_partial else {"complete"}
    if is_partial:
        return {"partial", "outdated"}
    return {"complete", "outdated", "partial"}


def _lost_words(world: World, keys: set[UUID]) -> Iterator[str]:
    """Finds what a person entered and is nowhere any more."""
    for (key, code), kept in world.log.kept.items():
        if key not in keys or not kept:
            continue
        stored = StringTranslation.objects.filter(
            context__object=key, locale__language_code=code
        ).values_list("data", flat=True)
        waiting = Suggestion.objects.filter(
            context__object=key, locale__language_code=code
        ).values_list("data", flat=True)
        there = {folded(text) for text in (*stored, *waiting)}
        for one in world.versions(key):
            if one.locale.language_code == code and one.live:
                there |= {folded(piece) for text in texts_of(one) for piece in text.pieces}
        if lost := kept - there:
            yield f"{key} in {code}: nobody has these words any more: {sorted(lost)}"


def everything(world: World) -> Iterator[str]:
    """Compares all keys, every document and the visitors' answers."""
    yield from complaints(world, set(world.keys))
    yield from differences()
    recorded = LanguageTexts.objects.filter(is_translation=False, key__in=world.keys)
    for row in recorded.select_related("locale"):
        if row.is_source:
            yield f"{row.key}: a source that is no translation"
