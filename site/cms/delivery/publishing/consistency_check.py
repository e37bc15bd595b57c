"""Compares stored documents with what would be rendered now; everything rests on their equality."""

import hashlib
import zlib
from collections.abc import Callable, Iterator

import brotli

from cms.common.batches import batches
from cms.delivery.http.compression import gzip_of
from cms.delivery.models import DocumentToken, Entry, PublishedDocument
from cms.delivery.publishing.facets import stored_facets
from cms.delivery.publishing.fallback_entries import content_of, entries_of
from cms.delivery.publishing.publishable import (
    PublishableRef,
    all_publishables,
    load,
    publishable_ref,
)
from cms.delivery.publishing.rendering import Rendered, render
from cms.delivery.publishing.store import COMPARED

_BATCH = 100
_GZIP_WINDOW = 31


def differences(advance: Callable[[int, int], None] | None = None) -> Iterator[str]:
    """Finds documents that differ from what would be rendered now, a sentence each.

    Nothing is changed, and what a change left to the worker counts as a difference.

    Args:
        advance: is told now and then how many documents were looked at, of how many.
    """
    publishables = all_publishables()
    yield from _surplus(set(publishables))
    done = 0
    for some in batches(publishables, _BATCH):
        yield from _differences(render(load(some)))
        done += len(some)
        if advance:
            advance(done, len(publishables))
    yield from _entry_differences()


def _surplus(publishables: set[PublishableRef]) -> Iterator[str]:
    rows = PublishedDocument.objects.values_list("page_id", "type", "object_id", "locale", "title")
    for page_id, type_label, object_id, locale, title in rows.iterator():
        if publishable_ref(page_id, type_label, object_id) not in publishables:
            name = f"{type_label} {object_id} ({locale}, {title!r})"
            yield f"{name}: nobody may see it, yet it is published."


def _differences(rendered: list[Rendered]) -> Iterator[str]:
    stored: dict[tuple[str, int], PublishedDocument] = {}
    by_type: dict[str, list[int]] = {}
    for one in rendered:
        by_type.setdefault(one.type, []).append(one.object_id)
    for type_label, ids in by_type.items():
        for document in PublishedDocument.objects.filter(type=type_label, object_id__in=ids):
            stored[document.type, document.object_id] = document
    ids = [document.pk for document in stored.values()]
    tokens, facets = _tokens(ids), stored_facets(ids)
    for one in rendered:
        name = f"{one.type} {one.object_id} ({one.locale}, {one.title!r})"
        if (one.type, one.object_id) not in stored:
            yield f"{name}: not published."
            continue
        document = stored[one.type, one.object_id]
        if document.modified_at is None:
            yield f"{name}: nothing says when it changed."
        elif one.at(document.modified_at).digest != document.digest:
            yield f"{name}: digest is not what would be rendered now."
        for member in COMPARED:
            if getattr(document, member) != getattr(one, member):
                yield f"{name}: {member} is not what would be rendered now."
        if tokens[document.pk] != one.tokens:
            yield f"{name}: what it depends on is not what is stored."
        if facets[document.pk].keys() != one.facets:
            yield f"{name}: lists find it by something else than what it says."
        yield from (f"{name}: {fault}" for fault in faults(document))


def _tokens(documents: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {pk: set() for pk in documents}
    for document, token in DocumentToken.objects.filter(document__in=documents).values_list(
        "document", "token"
    ):
        found[document].add(token)
    return {pk: frozenset(tokens) for pk, tokens in found.items()}


def faults(document: PublishedDocument) -> Iterator[str]:
    """Finds stored documents whose parts do not belong together, a sentence each."""
    body = bytes(document.body)
    if hashlib.sha256(body).hexdigest() != document.digest:
        yield "its digest is not that of its text."
    whole = gzip_of(bytes(document.deflated))
    if not _unpacks_to(body, lambda: zlib.decompress(whole, _GZIP_WINDOW)):
        yield "its gzip form is not its text."
    if not _unpacks_to(body, lambda: brotli.decompress(bytes(document.brotli))):
        yield "its Brotli form is not its text."


def _unpacks_to(body: bytes, unpack: Callable[[], bytes]) -> bool:
    try:
        return unpack() == body
    except (zlib.error, brotli.error):
        return False


def _entry_differences() -> Iterator[str]:
    wanted = {(entry.key, entry.locale): content_of(entry) for entry in entries_of(None)}
    for entry in Entry.objects.iterator():
        place = entry.key, entry.locale
        if content_of(entry) != wanted.pop(place, None):
            yield f"{entry.key} in {entry.locale}: another document would stand for it now."
    for key, locale in wanted:
        yield f"{key} in {locale}: no document stands for it, and one would."
