"""The change feed: what came, changed and went, in order, each document once with its last change.

Who applies all items holds exactly what is live. A document that changes moves to the end, so that
nothing is missed however long reading takes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cms.content.api.json_text import as_json
from cms.delivery.http.cursors import ChangeCursor
from cms.delivery.models import PublishedDocument, Removal
from cms.delivery.publishing.sequence import current_sequence
from cms.languages.registry import NO_LANGUAGE


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """The query of a change feed.

    Attributes:
        cursor: where the reader stands; ``None`` for one who has nothing yet.
        locales: codes of languages; empty for all.
        types: labels of types; empty for all.
    """

    cursor: ChangeCursor | None
    locales: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    limit: int = 100


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some changes.

    Attributes:
        items: each as JSON.
        position: what the reader has after them.
    """

    items: list[bytes]
    position: ChangeCursor
    more: bool


def changes_after(query: FeedQuery) -> FeedPage:
    """The next changes.

    The end of the feed is read first: what is published while the others are read has a higher
    number, and is there the next time.
    """
    end = current_sequence().last_sequence
    cursor = query.cursor or ChangeCursor(0, end)
    found = sorted(
        [
            *_published(query, cursor.sequence, end),
            *_removed(query, max(cursor.sequence, cursor.since), end),
        ]
    )[: query.limit + 1]
    more = len(found) > query.limit
    shown = found[: query.limit]
    # Without more, everything up to the end is known, also what the filters left out.
    sequence = shown[-1][0] if more else end
    position = ChangeCursor(sequence, cursor.since if more else 0)
    return FeedPage([item for _sequence, item in shown], position, more)


def _published(query: FeedQuery, after: int, end: int) -> Iterator[tuple[int, bytes]]:
    documents = _chosen(PublishedDocument.objects.filter(listed=True), query, after, end)
    members = (
        "sequence",
        "key",
        "locale",
        "object_id",
        "type",
        "path",
        "digest",
        "modified_at",
        "body",
    )
    for sequence, *named, body in documents.values_list(*members)[: query.limit + 1]:
        head = _head("publish", *named)
        yield sequence, b"".join((head[:-1], b',"document":', bytes(body), b"}"))


def _removed(query: FeedQuery, after: int, end: int) -> Iterator[tuple[int, bytes]]:
    removals = _chosen(Removal.objects.all(), query, after, end)
    members = ("sequence", "key", "locale", "object_id", "type", "path")
    for sequence, *named in removals.values_list(*members)[: query.limit + 1]:
        head = _head("remove", *named)
        yield sequence, b"".join((head[:-1], b',"document":null}'))


def _chosen(rows: Any, query: FeedQuery, after: int, end: int) -> Any:
    rows = rows.filter(sequence__gt=after, sequence__lte=end)
    if query.locales:
        # What has no language is of every language.
        rows = rows.filter(locale__in=[*query.locales, NO_LANGUAGE])
    if query.types:
        rows = rows.filter(type__in=query.types)
    return rows.order_by("sequence")


def _head(
    operation: str,
    key: Any,
    locale: str,
    object_id: int,
    label: str,
    path: str | None,
    digest: str | None = None,
    modified_at: datetime | None = None,
) -> bytes:
    return as_json(
        {
            "op": operation,
            "key": key,
            "locale": locale or None,
            "id": object_id,
            "type": label,
            "path": path,
            "digest": digest,
            "modified_at": modified_at and modified_at.astimezone(UTC),
        }
    )


def list_body(items: Sequence[bytes], cursor: str, *, more: bool) -> bytes:
    """The answer as JSON."""
    return b"".join(
        (
            b'{"items":[',
            b",".join(items),
            b'],"next":',
            as_json(cursor),
            b',"more":',
            as_json(more),
            b"}",
        )
    )
