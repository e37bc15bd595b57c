"""Rows as the database has them: read, packed, and written again.

Values pass by all that Django's fields would make of them, such as a stream that is read and
written anew, so that a row that is put back is the row that was there.
"""

import base64
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

from cms.common.batches import batches

AT_A_TIME: Final = 400
"""Keys of one query, and rows of one pack."""

Values = list[Any]
"""Of one row, in the order of the columns."""

_WRITE: Final[dict[type, tuple[str, Callable[[Any], Any]]]] = {
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("seconds", timedelta.total_seconds),
    Decimal: ("decimal", str),
    UUID: ("uuid", str),
    bytes: ("bytes", lambda value: base64.b64encode(value).decode()),
}
_READ: Final[dict[str, Callable[[Any], Any]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "decimal": Decimal,
    "uuid": UUID,
    "bytes": base64.b64decode,
}


def columns_of(model: type[Model]) -> list[str]:
    """The columns of a model's own table."""
    return [field.column for field in model._meta.local_concrete_fields]


def read_rows(model: type[Model], keys: Iterable[Any]) -> Iterator[tuple[Any, Values]]:
    """The rows with some keys, each with its key; those that are not there are left out."""
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, columns_of(model)))
    pk: Any = model._meta.pk
    place = model._meta.local_concrete_fields.index(pk)
    for some in batches(keys, AT_A_TIME):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM {quote(model._meta.db_table)}"  # noqa: S608 - our tables
                f" WHERE {quote(pk.column)} IN ({', '.join(['%s'] * len(some))})"
                f" ORDER BY {quote(pk.column)}",
                [pk.get_db_prep_value(key, connection) for key in some],
            )
            found = cursor.fetchall()
        for row in found:
            values = [bytes(one) if isinstance(one, memoryview) else one for one in row]
            yield values[place], values


def insert_rows(
    model: type[Model], columns: list[str], rows: Iterable[Values], *, ignore: bool = False
) -> None:
    """Writes rows with the keys that they had.

    What was made since the rows were read, such as a column, has its default; what went is left.

    Args:
        ignore: whether a row that is there already stays.
    """
    fields: list[Any] = list(model._meta.local_concrete_fields)
    places = {column: place for place, column in enumerate(columns)}
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({names})"  # noqa: S608 - our tables
        f" VALUES ({', '.join(['%s'] * len(fields))})"
        f"{' ON CONFLICT DO NOTHING' if ignore else ''}"
    )
    written = [
        [
            row[places[field.column]] if field.column in places else _default(field)
            for field in fields
        ]
        for row in rows
    ]
    if written:
        with connection.cursor() as cursor:
            cursor.executemany(statement, written)


def _default(field: Field[Any, Any]) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def update_row(model: type[Model], key: Any, values: dict[str, Any]) -> None:
    """Writes some columns of one row."""
    quote = connection.ops.quote_name
    pk: Any = model._meta.pk
    changes = ", ".join(f"{quote(column)} = %s" for column in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(model._meta.db_table)} SET {changes}"  # noqa: S608 - our tables
            f" WHERE {quote(pk.column)} = %s",
            [*values.values(), key],
        )


def present(model: type[Model], keys: Collection[Any]) -> set[Any]:
    """Those of some keys, as the database has them, of which there are rows."""
    quote = connection.ops.quote_name
    pk: Any = model._meta.pk
    found: set[Any] = set()
    for some in batches(keys, AT_A_TIME):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {quote(pk.column)} FROM {quote(model._meta.db_table)}"  # noqa: S608
                f" WHERE {quote(pk.column)} IN ({', '.join(['%s'] * len(some))})",
                list(some),
            )
            found.update(key for (key,) in cursor.fetchall())
    return found


def pack(content: Any) -> bytes:
    """Anything of JSON, and the values of rows, as few bytes."""
    return zlib.compress(json.dumps(content, default=_written, ensure_ascii=False).encode(), 6)


def _written(value: Any) -> dict[str, Any]:
    kind, write = _WRITE[type(value)]
    return {kind: write(value)}


def unpack(packed: Any) -> Any:
    """Reads again what :func:`pack` has packed."""
    return json.loads(zlib.decompress(bytes(packed)), object_hook=_read)


def _read(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((kind, value),) = found.items()
        if kind in _READ:
            return _READ[kind](value)
    return found
