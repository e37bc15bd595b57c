"""Queries for stored documents with SQL that is written out, for thousands of requests a second.

The statements are written out, because Django takes longer to write one than a database to answer
it. They run on Django's own connection of the thread, so that they see what a view would see.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import quote, unquote
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections

from cms.delivery.http.compression import Encoding
from cms.delivery.http.cursors import BY_TITLE, ListCursor
from cms.delivery.presentation.presentation import AS_STORED, Presentation
from cms.languages.registry import fallback_chain

Row = tuple[Any, ...]

_HEX_DIGITS: Final = 32
_ONLY_WHAT_ASKS: Final = 2**31 - 1
_COLUMN: Final[dict[Encoding, str]] = {"identity": "body", "gzip": "deflated", "br": "brotli"}


class Described(NamedTuple):
    """The facts on a document in the headers of an answer.

    Attributes:
        key: a UUID, as it is written.
    """

    digest: str
    language: str
    locale: str
    key: str
    type: str


StoredDocument = tuple[Described, bytes | None]
"""A document, and its body in the encoding that was asked for; ``None`` where the client has it."""


class _OfTheThread(threading.local):
    """Django's connection of the thread, kept: looking it up takes a quarter as long as a read."""

    def __init__(self) -> None:
        self.database = connections[DEFAULT_DB_ALIAS]


_of_the_thread = _OfTheThread()


def _fetch(statement: str, parameters: Sequence[Any], *, is_alike: bool = True) -> list[Row]:
    """Fetches the rows of a statement.

    Args:
        is_alike: whether the same way to it is the best, whatever the parameters are.
    """
    database = _of_the_thread.database
    if database.connection is None:
        database.ensure_connection()
    raw: Any = database.connection
    if database.vendor == "sqlite":
        rows: list[Row] = raw.execute(_for_sqlite(statement), parameters).fetchall()
        return rows
    from psycopg import Cursor

    if raw.prepare_threshold is None:
        # Django turns prepared statements off. Here they save the planning, which takes longer
        # than the reading; nothing but what asks for it comes to so many.
        raw.prepare_threshold = _ONLY_WHAT_ASKS
        raw.execute("SET plan_cache_mode = force_generic_plan")
    with Cursor(raw) as cursor:
        # Binary: in a text, a body would have two digits for each of its bytes.
        return cursor.execute(statement, parameters, prepare=is_alike, binary=True).fetchall()


@cache
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")


def _as_key(key: UUID) -> Any:
    """A key as the database has it."""
    return key.hex if connection.vendor == "sqlite" else key


def written_key(key: Any) -> str:
    """A key of the database as it is written, with its dashes."""
    text = str(key)
    if len(text) == _HEX_DIGITS:
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return text


@cache
def _one(encoding: Encoding, condition: str) -> str:
    return (
        "SELECT d.digest, d.language, d.locale, d.key, d.type, "  # noqa: S608 - ours alone
        f"CASE WHEN d.digest = %s THEN NULL ELSE d.{_COLUMN[encoding]} END "
        f"FROM delivery_publisheddocument d {condition}"
    )


def _document(rows: list[Row]) -> StoredDocument | None:
    if not rows:
        return None
    digest, language, locale, key, type_label, content = rows[0]
    return _described(digest, language, locale, key, type_label), content


@lru_cache(maxsize=4096)
def _described(digest: str, language: str, locale: str, key: Any, type_label: str) -> Described:
    return Described(digest, language, locale, written_key(key), type_label)


_PAGE_OF_THE_SITE: Final = "WHERE d.page_id = %s AND (SELECT COUNT(*) FROM wagtailcore_site) < 2"


def page_document(page_id: int, known: str | None, encoding: Encoding) -> StoredDocument | None:
    """The document of a page, by its id, in one read; none where there are several sites.

    Each site has its own pages then, and Wagtail's view knows which site is asked.

    Args:
        known: a digest that the client has; of a document with it the content is not read.
    """
    return _document(_fetch(_one(encoding, _PAGE_OF_THE_SITE), (known or "", page_id)))


_ENTRY: Final = "JOIN delivery_entry e ON e.document_id = d.id WHERE e.key = %s AND e.locale = %s"


def entry_document(
    locale: str, key: UUID, *, fallback: bool, known: str | None, encoding: Encoding
) -> StoredDocument | None:
    """The document that stands for a key in a language, in one read."""
    condition = _ENTRY if fallback else f"{_ENTRY} AND e.is_own"
    return _document(_fetch(_one(encoding, condition), (known or "", _as_key(key), locale)))


PLAIN_IN_PATHS: Final = "/~:@!$&'()*+,;="
"""Signs that Django leaves as they are in an address."""


def key_of_path(path: str) -> UUID | None:
    """The key of the page that has this path in any language, percent-encoded or not."""
    encoded = quote(unquote(path), safe=PLAIN_IN_PATHS)
    rows = _fetch(_PAGE_AT, (encoded,))
    return UUID(str(rows[0][0])) if rows else None


# A redirect has a path, too.
_PAGE_AT: Final = (
    "SELECT key FROM delivery_publisheddocument WHERE path = %s AND page_id IS NOT NULL LIMIT 1"
)


def languages_of(key: UUID) -> list[str]:
    """The languages in which a page or snippet is live, in no order."""
    rows = _fetch(
        "SELECT locale FROM delivery_publisheddocument WHERE key = %s AND listed AND locale <> ''",
        (_as_key(key),),
    )
    return [locale for (locale,) in rows]


Order = Literal["newest", "oldest", "title"]
"""The first two for collections alone; see :mod:`cms.content.api.collections`."""


_VERSION: Final = """
    SELECT identity, last_sequence, EXISTS (SELECT 1 FROM delivery_pendingrefresh)
    FROM delivery_feed WHERE id = 1
"""


def content_version() -> str:
    """The version of all that is published: another whenever anything of it is.

    Of another database it is another one. Empty while documents wait for the worker: a page may be
    at another path by now than its document says.
    """
    rows = _fetch(_VERSION, ())
    return f"{rows[0][0]}-{rows[0][1]}" if rows and not rows[0][2] else ""


class FacetFilter(NamedTuple):
    """A restriction to documents of which one facet has one of some values.

    Attributes:
        values: at least one; of a span its ends, both within it.
    """

    name: str
    values: tuple[str, ...]
    is_span: bool = False

    @property
    def sql(self) -> str:
        """A condition on ``{entry}``, an entry; its parameters are the name and the values."""
        if self.is_span:
            values = "BETWEEN %s AND %s"
        else:
            values = f"IN ({', '.join(['%s'] * len(self.values))})"
        return (
            "EXISTS (SELECT 1 FROM delivery_documentfacet f "  # noqa: S608 - ours alone
            f"WHERE f.document_id = {{entry}}.document_id AND f.name = %s AND f.value {values})"
        )


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The query of a list of entries.

    Attributes:
        types: labels of the types; empty for all.
        under: key of a page: that one and all under it.
        after: where the list goes on.
        facets: all of which a document fulfils.
        presentation: the form in which documents are given.
    """

    locale: str
    types: tuple[str, ...] = ()
    under: UUID | None = None
    fallback: bool = True
    limit: int = 20
    after: ListCursor | None = None
    facets: tuple[FacetFilter, ...] = ()
    order: Order = BY_TITLE
    presentation: Presentation = AS_STORED

    def after_cursor(self, cursor: ListCursor) -> "ListQuery":
        """The same, going on behind a place in the list."""
        return replace(self, after=cursor)


Columns = tuple[Literal["body", "deflated"], ...]
"""Which contents of a document are wanted; none, where digests are enough."""


class ListedDocument(NamedTuple):
    """A document in a list.

    Attributes:
        body, deflated: ``None`` where they were not asked for.
        sort_key, key: its place in the list, as the database has it.
    """

    digest: str
    language: str
    body: bytes | None
    deflated: bytes | None
    sort_key: bytes = b""
    key: Any = None

    def cursor(self, order: Order) -> ListCursor:
        """The cursor with which a list in this order goes on after it."""
        return ListCursor(bytes(self.sort_key), UUID(str(self.key)), order)


def listed_documents(query: ListQuery, columns: Columns = ()) -> list[ListedDocument]:
    """The entries of a list, one more than its limit where there are more."""
    statement, parameters = _list_statement(query, columns)
    # A small part of the tree is looked for in another way than a large one.
    rows = _fetch(statement, parameters, is_alike=query.under is None and not query.facets)
    return [ListedDocument._make(row) for row in rows]


def _selected(columns: Columns) -> str:
    contents = (f"d.{name}" if name in columns else "NULL" for name in ("body", "deflated"))
    return f"d.digest, d.language, {', '.join(contents)}"


_RANK: Final = "e.rank"
_ORDERS: Final[dict[Order, tuple[str, str, str]]] = {
    "title": ("e.sort_key", "ASC", ">"),
    "oldest": (_RANK, "ASC", ">"),
    "newest": (_RANK, "DESC", "<"),
}
"""Column, direction, and how what follows compares to a place in the list."""


def _list_statement(query: ListQuery, columns: Columns) -> tuple[str, list[Any]]:
    conditions = ["e.locale = %s"]
    parameters: list[Any] = [query.locale]
    if len(query.types) == 1:
        conditions.append("e.type = %s")
        parameters.append(query.types[0])
    elif query.types:
        conditions.append(f"e.type IN ({', '.join(['%s'] * len(query.types))})")
        parameters += query.types
    if not query.fallback:
        conditions.append("e.is_own")
    if query.under is not None:
        conditions.append(
            "EXISTS (SELECT 1 FROM delivery_documenttoken t "
            "WHERE t.document_id = e.document_id AND t.token = %s)"
        )
        parameters.append(f"under:{query.under}")
    for facet in query.facets:
        conditions.append(facet.sql.format(entry="e"))
        parameters += [facet.name, *facet.values]
    column, direction, beyond = _ORDERS[query.order]
    if query.after is not None:
        conditions.append(f"({column}, e.key) {beyond} (%s, %s)")
        parameters += [query.after.sort_key, _as_key(query.after.key)]
    if column == _RANK:
        # So that the index of ranks is taken.
        conditions.append(f"{column} IS NOT NULL")
    # The limit is written out: of a number that it is not told, PostgreSQL takes a tenth of the
    # site to be wanted, and sorts all of it.
    statement = (
        f"SELECT {_selected(columns)}, {column}, e.key FROM delivery_entry e "  # noqa: S608
        "JOIN delivery_publisheddocument d ON d.id = e.document_id "
        f"WHERE {' AND '.join(conditions)} ORDER BY {column} {direction}, e.key {direction} "
        f"LIMIT {query.limit + 1:d}"
    )
    return statement, parameters


def chain(locale: str) -> tuple[str, ...]:
    """A language and what may stand for it, best first."""
    return (locale, *fallback_chain(locale))


def documents_by_id(ids: Sequence[int], columns: Columns = ()) -> dict[int, ListedDocument]:
    """Some documents by their id, those that are there."""
    if not ids:
        return {}
    marks = ", ".join(["%s"] * len(ids))
    statement = (
        f"SELECT d.id, {_selected(columns)} FROM delivery_publisheddocument d "  # noqa: S608
        f"WHERE d.id IN ({marks})"
    )
    return {identity: ListedDocument(*row) for identity, *row in _fetch(statement, list(ids))}
