"""Puts nodes of treebeard's tree into another order with a few statements, however many."""

from typing import Any, Final

from django.db import connection, transaction

from cms.common.batches import batches

AT_A_TIME: Final = 5_000

_ASIDE: Final = "*"
"""A sign with which no path begins."""


def exchange_paths(model: Any, paths: dict[str, str]) -> None:
    """Gives nodes and all below them other beginnings of their paths, by those that they have.

    A path is unique at every moment: first they are put aside under the new one.

    Args:
        paths: of nodes of the same depth; each that one gets is one that another had.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        for some in batches(paths.items(), AT_A_TIME):
            length = len(some[0][0])
            cursor.execute(
                f"UPDATE {table} SET path = %s || SUBSTR(new.column2, 2)"  # noqa: S608 - a table
                f" || SUBSTR({table}.path, %s)"
                f" FROM (VALUES {', '.join(['(%s, %s)'] * len(some))}) AS new"
                f" WHERE SUBSTR({table}.path, 1, %s) = new.column1",
                [_ASIDE, length + 1, *(path for pair in some for path in pair), length],
            )
        # All are below one root, and begin with the same sign.
        for first in {path[0] for path in paths}:
            cursor.execute(
                f"UPDATE {table} SET path = %s || SUBSTR(path, 2)"  # noqa: S608 - a table
                " WHERE SUBSTR(path, 1, 1) = %s",
                [first, _ASIDE],
            )
