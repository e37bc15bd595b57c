"""Everything that the database holds, table by table, as the database itself gives it."""

from collections.abc import Collection
from typing import Any, Final

from django.db import connection

AFTERWARDS: Final = frozenset(
    {
        # They tell that it was deleted and brought back.
        "wagtailcore_pagelogentry",
        "wagtailcore_modellogentry",
        "cms_wastebasket_deletedpage",
        "cms_wastebasket_deletedpage_groups",
        "cms_wastebasket_deletedrows",
        # Numbers of changes, and what was removed in between.
        "delivery_feed",
        "delivery_removal",
        "django_tasks_database_dbtaskresult",
        "django_session",
        "sqlite_sequence",
    }
)
"""Tables that are others afterwards, as they should be."""

_NEW_KEYS: Final = {
    "delivery_publisheddocument": (
        *("id", "sequence", "modified_at"),
        *("body", "deflated", "brotli", "digest"),
    ),
    "delivery_documentfacet": ("id", "document_id"),
    "delivery_documenttoken": ("id", "document_id"),
    "delivery_entry": ("id", "document_id"),
    "delivery_search_indexedtext": ("document_id",),
    "delivery_search_indexedobject": ("id", "title_words", "all_words"),
    "translation_languagestatus": ("id",),
}
"""Columns that are others in derived tables, whose rows are made anew; documents are compared."""

_DERIVED: Final = ("delivery_search_words", "delivery_search_objectwords")
"""Indexes of words, whose rows are named by the keys of others; they are searched instead."""

Dump = dict[str, list[tuple[Any, ...]]]


def dump_database(without: Collection[str] = AFTERWARDS) -> Dump:
    """The rows of each table, in an order of their own."""
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in without or table.startswith(_DERIVED):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            left_out = _NEW_KEYS.get(table, ())
            columns = [
                place for place, one in enumerate(cursor.description) if one[0] not in left_out
            ]
            rows = [tuple(_plain(row[place]) for place in columns) for row in cursor.fetchall()]
            found[table] = sorted(rows, key=repr)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def differences(before: Dump, now: Dump) -> list[str]:
    """Each row that went or came, with its table."""
    found = []
    for table in sorted(before.keys() | now.keys()):
        had, has = before.get(table, []), now.get(table, [])
        if had == has:
            continue
        known, there = set(map(repr, had)), set(map(repr, has))
        found += [f"{table} lost {row}" for row in sorted(known - there)]
        found += [f"{table} gained {row}" for row in sorted(there - known)]
    return found
