"""Stores rendered documents and removes those that are gone, each change with its number."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.delivery.http.compression import deflate, with_brotli
from cms.delivery.models import DocumentToken, Feed, PublishedDocument, Removal
from cms.delivery.publishing.change import Change, documents_changed, documents_rebuilt
from cms.delivery.publishing.facets import store_facets
from cms.delivery.publishing.fallback_entries import resolve_fallback_entries
from cms.delivery.publishing.moments import Moments, former_moments
from cms.delivery.publishing.rendering import Body, Rendered
from cms.delivery.publishing.sequence import next_numbers

_ROWS_AT_A_TIME = 500


COMPARED = (
    "key",
    "locale",
    "language",
    "type",
    "page_id",
    "path",
    "title",
    "listed",
    "parent_key",
    "position",
    "in_menu",
    "title_language",
    "summary_digest",
)
"""What is stored beside the text, in which a document and its rendering are compared."""


def store(
    feed: Feed,
    rendered: Sequence[Rendered],
    gone: Collection[int] = (),
    *,
    is_rebuild: bool = False,
) -> list[Change]:
    """Makes the stored documents equal to the rendered ones, and removes others.

    A document that is as it was is not written. The feed must be locked; see ``sequence.py``.

    Args:
        gone: ids of documents whose page or snippet nobody may see any more.
        is_rebuild: whether what is derived from documents is derived anew for all of these.

    Returns:
        What changed, removals first, in the order of their numbers.
    """
    known = _known(rendered)
    removed = {*gone, *_out_of_place(rendered, known)}
    known = {place: document for place, document in known.items() if document.pk not in removed}
    changes: list[Change] = []
    for ids in batches(sorted(removed), _ROWS_AT_A_TIME):
        changes += _remove(feed, ids)
    new = [one for one in rendered if (one.type, one.object_id) not in known]
    published, moved = _publish(feed, rendered, known, former_moments(new))
    changes += published
    resolve_fallback_entries(moved | {change.key for change in entries_to_update(changes, known)})
    if changes:
        documents_changed.send(sender=PublishedDocument, changes=changes)
    if is_rebuild:
        stored = _known(rendered)
        everything = [
            _published(one, document.sequence, document.digest, document.pk, summary_changed=False)
            for one in rendered
            if (document := stored.get((one.type, one.object_id))) is not None
        ]
        documents_rebuilt.send(sender=PublishedDocument, changes=everything)
    return changes


def _remove(feed: Feed, gone: Collection[int]) -> list[Change]:
    documents = list(
        PublishedDocument.objects.filter(pk__in=gone)
        .order_by("pk")
        .defer("body", "deflated", "brotli")
    )
    now = timezone.now()
    numbers = next_numbers(feed, len(documents)) if documents else range(0)
    changes = [
        Change(
            operation="remove",
            key=document.key,
            locale=document.locale,
            object_id=document.object_id,
            type=document.type,
            path=document.path,
            sequence=number,
            digest=None,
            document_id=document.pk,
            listed=document.listed,
        )
        for document, number in zip(documents, numbers, strict=True)
    ]
    PublishedDocument.objects.filter(pk__in=gone).only("pk").delete()
    listed = [change for change in changes if change.listed]
    _forget_removals(listed)
    Removal.objects.bulk_create(
        [
            Removal(
                key=change.key,
                locale=change.locale,
                object_id=change.object_id,
                type=change.type,
                path=change.path,
                sequence=change.sequence,
                digest=document.digest,
                modified_at=document.modified_at,
                removed_at=now,
            )
            for change, document in zip(changes, documents, strict=True)
            if change.listed
        ],
        batch_size=_ROWS_AT_A_TIME,
    )
    return changes


def _publish(
    feed: Feed, rendered: Sequence[Rendered], known: "_Known", former: Moments
) -> tuple[list[Change], set[UUID]]:
    """Stores what changed; returns it with the keys of what may have another place in a list."""
    changed = [one for one in rendered if not _is_as_it_was(one, known)]
    numbers = next_numbers(feed, len(changed)) if changed else range(0)
    bodies = _bodies(changed, known, former)
    documents = [
        _document(one, number, *body)
        for one, number, body in zip(changed, numbers, bodies, strict=True)
    ]
    stored = PublishedDocument.objects.bulk_create(
        documents,
        batch_size=_ROWS_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["type", "object_id"],
        update_fields=_UPDATED,
    )
    ids = {(document.type, document.object_id): document.pk for document in known.values()}
    ids |= {(document.type, document.object_id): document.pk for document in stored}
    _store_tokens({ids[one.type, one.object_id]: one.tokens for one in rendered})
    moved = store_facets({ids[one.type, one.object_id]: one for one in rendered})
    changes = [
        _published(
            one,
            number,
            body.digest,
            ids[one.type, one.object_id],
            summary_changed=not _is_alike(one, known, _SUMMARY),
        )
        for one, number, (body, _moment) in zip(changed, numbers, bodies, strict=True)
    ]
    _forget_removals(entries_to_update(changes, known))
    return changes, moved


def _is_as_it_was(one: Rendered, known: "_Known") -> bool:
    document = known.get((one.type, one.object_id))
    return (
        document is not None
        and document.modified_at is not None
        and _is_alike(one, known, COMPARED)
        and one.at(document.modified_at).digest == document.digest
    )


def _bodies(
    changed: Sequence[Rendered], known: "_Known", former: Moments
) -> list[tuple[Body, datetime]]:
    """The text of each changed document, with the moment at which it changed."""
    now = timezone.now()
    found = []
    for one in changed:
        document = known.get((one.type, one.object_id))
        if document is None:
            moment = (
                former[one.key, one.locale].of(one) if (one.key, one.locale) in former else None
            )
        elif document.modified_at is None:
            # Of a site that is older than what is stored of it.
            moment = one.last_published_at
        else:
            # One that is damaged is stored anew, and has not changed.
            moment = None if document.digest else document.modified_at
        found.append((one.at(moment or now), moment or now))
    return found


def _published(
    one: Rendered, number: int, digest: str, document_id: int, *, summary_changed: bool
) -> Change:
    return Change(
        operation="publish",
        key=one.key,
        locale=one.locale,
        object_id=one.object_id,
        type=one.type,
        path=one.path,
        sequence=number,
        digest=digest,
        document_id=document_id,
        listed=one.listed,
        summary_changed=summary_changed,
        title=one.title,
        text=one.text,
        other_languages=tuple(one.other_languages),
    )


_UPDATED = [
    column.name
    for column in PublishedDocument._meta.concrete_fields
    if column.name not in ("id", "type", "object_id")
]

_PLACE = ("key", "locale")
_SUMMARY = ("key", "locale", "summary_digest")
_STANDING = ("key", "locale", "type", "title", "listed")
"""What entries are made of."""


class _Stored(NamedTuple):
    """A stored document without its text; see ``PublishedDocument``."""

    pk: int
    object_id: int
    sequence: int
    key: UUID
    locale: str
    language: str
    type: str
    page_id: int | None
    path: str | None
    title: str
    listed: bool
    parent_key: UUID | None
    position: int | None
    in_menu: bool
    title_language: str
    modified_at: datetime | None
    digest: str
    summary_digest: str


_Known = dict[tuple[str, int], _Stored]
"""By type and id of the page or snippet."""

_FIND_STORED: Final = PreparedQuery(
    lambda keys, types, ids: PublishedDocument.objects.filter(
        Q(key__in=keys) | Q(type__in=types, object_id__in=ids)
    ).values_list(*_Stored._fields)
)


def _known(rendered: Sequence[Rendered]) -> _Known:
    """The stored documents of the same pages and snippets, and of their other languages."""
    found = map(
        _Stored._make,
        _FIND_STORED(
            {one.key for one in rendered},
            {one.type for one in rendered},
            {one.object_id for one in rendered},
        ),
    )
    return {(document.type, document.object_id): document for document in found}


def _is_alike(one: Rendered | Change, known: _Known, members: Sequence[str]) -> bool:
    document = known.get((one.type, one.object_id))
    return document is not None and all(
        getattr(document, member) == getattr(one, member) for member in members
    )


def entries_to_update(changes: Iterable[Change], known: _Known) -> list[Change]:
    """Finds the entries that lists have anew, otherwise than before, or no more."""
    return [
        change for change in changes if change.listed and not _is_alike(change, known, _STANDING)
    ]


def _out_of_place(rendered: Sequence[Rendered], known: _Known) -> set[int]:
    """Ids of documents that must be removed before others are stored.

    That of a page that is gone and was made anew under the same key, that of a translation that
    became an alias, which readers of the feed have and are not to have any more, and that of a page
    under the key or language that it had before.
    """
    places = {(one.key, one.locale): one for one in rendered}
    found = {
        known[one.type, one.object_id].pk
        for one in rendered
        if not _is_alike(one, known, _PLACE) and (one.type, one.object_id) in known
    }
    for document in known.values():
        one = places.get((document.key, document.locale))
        if one is not None and (
            (document.type, document.object_id) != (one.type, one.object_id)
            or (document.listed and not one.listed)
        ):
            found.add(document.pk)
    return found


def _document(one: Rendered, number: int, body: Body, modified_at: datetime) -> PublishedDocument:
    return PublishedDocument(
        key=one.key,
        locale=one.locale,
        language=one.language,
        page_id=one.page_id,
        object_id=one.object_id,
        type=one.type,
        path=one.path,
        title=one.title,
        listed=one.listed,
        parent_key=one.parent_key,
        position=one.position,
        in_menu=one.in_menu,
        title_language=one.title_language,
        modified_at=modified_at,
        digest=body.digest,
        summary_digest=one.summary_digest,
        sequence=number,
        body=body.text,
        deflated=deflate(body.text),
        brotli=with_brotli(body.text),
    )


_FIND_TOKENS: Final = PreparedQuery(
    lambda documents: DocumentToken.objects.filter(document__in=documents).values_list(
        "pk", "document", "token"
    )
)


def _store_tokens(tokens: dict[int, frozenset[str]]) -> None:
    stored: dict[int, dict[str, int]] = {document: {} for document in tokens}
    for pk, document, token in _FIND_TOKENS(tokens):
        stored[document][token] = pk
    surplus = [
        pk
        for document, found in stored.items()
        for token, pk in found.items()
        if token not in tokens[document]
    ]
    if surplus:
        DocumentToken.objects.filter(pk__in=surplus).delete()
    DocumentToken.objects.bulk_create(
        [
            DocumentToken(document_id=document, token=token)
            for document, wanted in tokens.items()
            for token in sorted(wanted - stored[document].keys())
        ],
        batch_size=_ROWS_AT_A_TIME,
    )


def _forget_removals(changes: Iterable[Change]) -> None:
    """Forgets removals of keys that are published again: of each only the latest change is kept."""
    places = {(change.key, change.locale) for change in changes}
    keys: set[UUID] = {key for key, _locale in places}
    if not keys:
        return
    outlived: list[Any] = [
        removal.pk
        for removal in Removal.objects.filter(key__in=keys).only("key", "locale")
        if (removal.key, removal.locale) in places
    ]
    if outlived:
        Removal.objects.filter(pk__in=outlived).delete()
