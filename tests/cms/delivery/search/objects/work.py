"""Work of a database, counted rather than timed: the same on every machine."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_STEPS = 50


class Work:
    """Steps of SQLite's virtual machine, or rows that PostgreSQL has looked at."""

    def __init__(self) -> None:
        self.amount = 0


@contextmanager
def counted() -> Iterator[Work]:
    """Counts what the database does for all queries within."""
    work = Work()
    connection.ensure_connection()
    raw: Any = connection.connection
    if connection.vendor == "sqlite":

        def step() -> int:
            work.amount += _STEPS
            return 0

        raw.set_progress_handler(step, _STEPS)
        try:
            yield work
        finally:
            raw.set_progress_handler(None, 0)
        return

    def explain(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        if not many and sql.lstrip().startswith("SELECT"):
            with raw.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                (explained,) = cursor.fetchone()
            plan = json.loads(explained) if isinstance(explained, str) else explained
            work.amount += _rows(plan[0]["Plan"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield work


def _rows(plan: dict[str, Any]) -> int:
    looked_at = plan["Actual Rows"] + sum(
        plan.get(name, 0) for name in ("Rows Removed by Filter", "Rows Removed by Index Recheck")
    )
    return int(looked_at * plan["Actual Loops"]) + sum(map(_rows, plan.get("Plans", ())))
