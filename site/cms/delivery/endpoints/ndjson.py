"""Everything in one stream of lines, as it stood at one moment.

A database keeps showing one moment to who reads within a transaction, so an export is whole and
its cursor exact while editors go on publishing. Memory does not grow with the content.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

from cms.common.server_side_cursor import streamed
from cms.content.api.json_text import as_json
from cms.delivery.http.compression import deflate, gzip_stream
from cms.delivery.http.cursors import change_cursor
from cms.delivery.publishing.read_snapshot import read_snapshot
from cms.delivery.publishing.sequence import current_sequence
from cms.languages.registry import LANGUAGES, NO_LANGUAGE, fallback_chain

ROWS_AT_A_TIME: Final = 500
_NEWLINE: Final = (b"\n", deflate(b"\n"))


@dataclass(frozen=True, slots=True)
class ExportQuery:
    """The documents of an export.

    Attributes:
        locale: code of the language; ``None`` for all.
        types: labels of types; empty for all.
        schema: address of the description of the types.
    """

    locale: str | None
    schema: str
    types: tuple[str, ...] = ()


def export(query: ExportQuery, *, compressed: bool) -> Iterator[bytes]:
    """The lines of an export, in large pieces; as a gzip stream if ``compressed``.

    The first line is a header with the cursor from which ``changes/`` goes on, then comes one
    document a line, in the order of the changes.
    """
    with read_snapshot():
        header = header_line(query, _counts(query))
        if compressed:
            yield from _pieces(gzip_stream(_compressed(query, header)))
            return
        yield header
        for rows in _rows(query, ("body",)):
            yield b"\n".join([*(row[0] for row in rows), b""])


def _compressed(query: ExportQuery, header: bytes) -> Iterator[tuple[bytes, bytes]]:
    yield header, deflate(header)
    for rows in _rows(query, ("body", "deflated")):
        for body, deflated in rows:
            yield body, deflated
            yield _NEWLINE


def _pieces(stream: Iterator[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    for part in stream:
        gathered.append(part)
        if len(gathered) >= 2 * ROWS_AT_A_TIME:
            yield b"".join(gathered)
            gathered.clear()
    yield b"".join(gathered)


def header_line(query: ExportQuery, counts: dict[str, int]) -> bytes:
    """The first line of an export that is made now.

    Args:
        counts: how many documents there are, by code of the language; redirects have none.
    """
    header: dict[str, Any] = {
        "cursor": change_cursor(current_sequence().last_sequence),
        "generated": datetime.now(UTC).isoformat(timespec="seconds"),
        "languages": [
            {
                "code": language.code,
                "name": language.name,
                "direction": language.direction,
                "fallbacks": fallback_chain(language.code),
                "documents": counts.get(language.code, 0),
            }
            for language in LANGUAGES.values()
            if query.locale in (None, language.code)
        ],
        "without_language": counts.get(NO_LANGUAGE, 0),
        "schema": query.schema,
    }
    return as_json(header) + b"\n"


def _counts(query: ExportQuery) -> dict[str, int]:
    condition, parameters = _condition(query)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT locale, COUNT(*) FROM delivery_publisheddocument "  # noqa: S608
            f"WHERE {condition} GROUP BY locale",
            parameters,
        )
        return dict(cursor.fetchall())


def _condition(query: ExportQuery) -> tuple[str, list[Any]]:
    conditions, parameters = ["listed"], []
    if query.locale is not None:
        conditions.append("locale IN (%s, %s)")
        parameters += [query.locale, NO_LANGUAGE]
    if query.types:
        conditions.append(f"type IN ({', '.join(['%s'] * len(query.types))})")
        parameters += query.types
    return " AND ".join(conditions), parameters


def _rows(query: ExportQuery, columns: tuple[str, ...]) -> Iterator[list[tuple[bytes, ...]]]:
    """The wanted columns of all documents, some hundred at a time, read as they are sent."""
    condition, parameters = _condition(query)
    statement = (
        f"SELECT {', '.join(columns)} FROM delivery_publisheddocument "  # noqa: S608
        f"WHERE {condition} ORDER BY sequence"
    )
    yield from streamed(statement, parameters, ROWS_AT_A_TIME)
