"""The tree of a language from stored documents: who stands below whom, in the editors' order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from cms.content.api.json_text import as_json
from cms.content.order.ranks import LAST
from cms.delivery.http.document_queries import written_key

_ENTRIES: Final = """
    SELECT e.key, d.page_id, d.type, d.title, d.title_language, d.path, d.parent_key, d.position,
        d.in_menu, d.modified_at, d.locale
    FROM delivery_entry e JOIN delivery_publisheddocument d ON d.id = e.document_id
    WHERE e.locale = %s AND d.page_id IS NOT NULL
"""
_OWN: Final = _ENTRIES + " AND e.is_own"
_PARENTS: Final = """
    SELECT locale, key, parent_key FROM delivery_publisheddocument
    WHERE page_id IS NOT NULL AND parent_key IS NOT NULL
"""


class _Row(NamedTuple):
    """A page that stands in the tree; ``locale`` is that of the tree from which it comes."""

    key: str
    id: int
    type: str
    title: str
    language: str
    path: str
    parent_key: str | None
    position: int
    in_menu: bool
    modified_at: str | None
    locale: str


def tree_body(locale: str, *, fallback: bool) -> bytes:
    """All pages that stand for a language, as JSON; two queries, however many there are."""
    rows = _rows(locale, fallback=fallback)
    parents = _parents_in_tree(rows)
    children: dict[str | None, list[_Row]] = defaultdict(list)
    for row in rows.values():
        children[parents[row.key]].append(row)
    return as_json({"items": list(_depth_first(children))})


def _rows(locale: str, *, fallback: bool) -> dict[str, _Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES if fallback else _OWN, [locale])
        found = cursor.fetchall()
    rows = (_row(*columns) for columns in found)
    return {row.key: row for row in rows}


def _row(key: Any, *columns: Any) -> _Row:
    page, kind, title, language, path, parent, position, in_menu, modified_at, locale = columns
    return _Row(
        written_key(key),
        page,
        kind,
        title,
        language,
        path,
        parent and written_key(parent),
        # Of a document that was stored before it was known, until it is rendered anew.
        LAST if position is None else position,
        bool(in_menu),
        modified_at and _moment(modified_at),
        locale,
    )


def _moment(stored: Any) -> str:
    """A moment as documents have it. SQLite does not say that it is in UTC."""
    found = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return f"{found.replace(tzinfo=None).isoformat()}Z"


def _parents_in_tree(rows: dict[str, _Row]) -> dict[str, str | None]:
    """For each page the key of the nearest one above it that stands in this tree.

    One that nobody has translated does not, and what is below it stands below the next one.
    """
    parents = {key: row.parent_key for key, row in rows.items()}
    missing = [key for key, parent in parents.items() if parent and parent not in rows]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(_PARENTS)
            above = {
                (locale, written_key(key)): written_key(parent)
                for locale, key, parent in cursor.fetchall()
            }
        for key in missing:
            parent = parents[key]
            while parent and parent not in rows:
                parent = above.get((rows[key].locale, parent))
            parents[key] = parent
    _break_circles(parents)
    return parents


def _break_circles(parents: dict[str, str | None]) -> None:
    """Has a page stand at the top that would stand below itself.

    Trees of several languages are put together here, and in one of them two pages may stand the
    other way round.
    """
    sound: set[str] = set()
    for key in parents:
        way: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in sound:
            if at in way:
                parents[at] = None
                break
            way[at] = None
            at = parents[at]
        sound.update(way)


def _depth_first(children: dict[str | None, list[_Row]]) -> Iterator[dict[str, Any]]:
    waiting: list[tuple[_Row, str | None, int]] = [
        (row, None, 0) for row in _last_first(children[None])
    ]
    while waiting:
        row, parent, depth = waiting.pop()
        yield _item(row, parent, depth)
        below = children.get(row.key, ())
        waiting += [(child, row.key, depth + 1) for child in _last_first(below)]


def _last_first(rows: Iterable[_Row]) -> list[_Row]:
    return sorted(rows, key=lambda row: (row.position, row.key), reverse=True)


def _item(row: _Row, parent: str | None, depth: int) -> dict[str, Any]:
    return {
        "key": row.key,
        "id": row.id,
        "type": row.type,
        "title": row.title,
        "language": row.language,
        "path": row.path,
        "parent": parent,
        "position": row.position,
        "depth": depth,
        "in_menu": row.in_menu,
        "modified_at": row.modified_at,
    }
