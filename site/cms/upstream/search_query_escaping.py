"""Wagtail's database search, made safe against what people type.

modelsearch 1.3.2 puts the words of a search between quotation marks for SQLite's FTS5 without
escaping those that the words hold, and formats the result with ``%``: a search for ``"a`` or
``100%`` ends in a database error. Delete this module, and its name in the settings, once
``modelsearch.backends.database.sqlite.query.Lexeme`` escapes its value.
"""

import re
from typing import Any

from modelsearch.backends import database

_UNSAFE = re.compile(r'["%\\\x00]')


def searchable(query: str) -> str:
    """The words of a search without the characters that SQLite's query language claims."""
    return _UNSAFE.sub(" ", query)


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """The backend of the database in use, which gets clean searches.

    A search without any word finds nothing; modelsearch fails with one that is of spaces alone.
    """
    backend = database.SearchBackend(params)
    plain_search = backend._search  # noqa: SLF001 - what both kinds of search go through
    is_sqlite = type(backend).__name__ == "SQLiteSearchBackend"

    def safe_search(compiler: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = (searchable(query) if is_sqlite else query).strip()
        return plain_search(compiler, query, *args, **kwargs)

    backend._search = safe_search  # noqa: SLF001
    return backend
