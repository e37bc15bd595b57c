"""Queries that Django writes once.

Every publication asks some twenty small questions, and Django takes three to ten times as long to
write each as a database to answer it. Here what it wrote is kept, and only the values are put in.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.sql import Query

_AT_MOST: Final = 64
"""Values of a query that is kept; with more, writing it is no longer what takes the time."""

_KEPT: Final = 100
"""Statements of a query, each for other numbers of values; a worker lives long and meets many."""

_Value = int | str | UUID


@dataclass(frozen=True, slots=True)
class _Statement:
    """A written query.

    Attributes:
        parameters: each is a value that is always the same, or where among the values it is found.
        columns: what is selected, as which the rows are read.
    """

    query: Query
    sql: str
    parameters: tuple["_Constant | _Argument", ...]
    columns: Sequence[Expression]


class _Constant(NamedTuple):
    value: Any


class _Argument(NamedTuple):
    """The position of a value, and the form in which the database is given it.

    PostgreSQL is told of a number how wide its column is.
    """

    position: int
    as_given: Callable[[Any], Any]


class PreparedQuery:
    """A query for rows (``values_list``) that is written once for so and so many values.

    ``found = PreparedQuery(lambda ids: Locale.objects.filter(pk__in=ids).values_list("pk"))``, then
    ``found([1, 2])``.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]]) -> None:
        """Keeps how the query is written.

        Args:
            write: makes it of one or more collections of ids, keys or words, each of which it may
                only hand to ``__in``.
        """
        self._write = write
        self._statements: dict[tuple[str, tuple[int, ...]], _Statement] = {}

    def __call__(self, *collections: Collection[_Value]) -> list[tuple[Any, ...]]:
        """The rows, as ``values_list`` has them."""
        distinct = [list(dict.fromkeys(collection)) for collection in collections]
        sizes = tuple(map(len, distinct))
        if not all(sizes) or sum(sizes) > _AT_MOST:
            return list(self._write(*distinct))
        statement = self._statements.get((connection.vendor, sizes))
        if statement is None:
            statement = _written(self._write, distinct)
            if len(self._statements) >= _KEPT:
                self._statements.clear()
            self._statements[connection.vendor, sizes] = statement
        values = [_stored(value) for collection in distinct for value in collection]
        return _rows(statement, values)


def _written(
    write: Callable[..., QuerySet[Any, Any]], collections: Sequence[Sequence[_Value]]
) -> _Statement:
    """Has Django write the query with marks in place of the values, and finds them again."""
    marks = [
        [_mark(value, number, position) for position, value in enumerate(collection)]
        for number, collection in enumerate(collections)
    ]
    places = {
        _stored(mark): place
        for place, mark in enumerate(mark for collection in marks for mark in collection)
    }
    query = write(*marks).query
    compiler: Any = query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    found = tuple(
        _Argument(places[value], type(value) if isinstance(value, int) else _unchanged)
        if isinstance(value, int | str | UUID) and value in places
        else _Constant(value)
        for value in parameters
    )
    if {one.position for one in found if isinstance(one, _Argument)} != set(places.values()):
        raise AssertionError(f"Not every value is a parameter of its own: {sql}")
    return _Statement(query, sql, found, [column[0] for column in compiler.select])


def _unchanged(value: Any) -> Any:
    return value


def _mark(value: _Value, number: int, position: int) -> _Value:
    """A value of the same kind that no query has."""
    mark = -2_000_000_000 + 1_000 * number + position
    if isinstance(value, UUID):
        return UUID(int=-mark)
    return mark if isinstance(value, int) else str(mark)


def _stored(value: _Value) -> _Value:
    """A value as the database is given it."""
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _rows(statement: _Statement, values: Sequence[_Value]) -> list[tuple[Any, ...]]:
    parameters = [
        one.as_given(values[one.position]) if isinstance(one, _Argument) else one.value
        for one in statement.parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, parameters)
        rows: Any = cursor.fetchall()
    compiler: Any = statement.query.get_compiler(connection=connection)
    if converters := compiler.get_converters(statement.columns):
        rows = compiler.apply_converters(rows, converters)
    # What is selected only to be sorted by comes last.
    width = len(statement.columns)
    return [tuple(row[:width]) for row in rows]
