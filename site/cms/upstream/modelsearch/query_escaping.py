"""Wagtail's database search, made safe against what people type.

modelsearch 1.3.2 puts the words of a search between quotation marks for SQLite's FTS5 without
escaping those that the words hold: a search for ``"a``, or for a word with a NUL in it, ends in a
database error (wagtail/wagtail#13227). A search for spaces alone ends in an ``AttributeError``. The
settings name this module as the back end, which takes such characters out. May go, with its
name in the settings, when ``Lexeme`` escapes its value and a search without a word finds nothing
upstream.
"""

import re
from typing import Any, Final

from django.db import connection
from modelsearch.backends import database

from cms.upstream.replacement import UpstreamCode, declare

_QUOTING: Final = UpstreamCode(
    "modelsearch.backends.database.sqlite.query:Lexeme.as_sql",
    "993afe7b912b4809afe0bf7e020aea752bf6084d2da68c1005b5e4ac32b3d5d9",
)
_SEARCHING: Final = UpstreamCode(
    "modelsearch.backends.base:BaseSearchBackend._search",
    "b3a85a2b27624f5d5da347e1e9d075d0aa61cbb1dcf94bdd137d320feda1fc72",
)

# No word has a % or a backslash either, with which modelsearch formats and escapes.
_UNSAFE: Final = re.compile(r'["%\\\x00]')


def apply() -> None:
    """Has it checked that what the back end rests on is there; the settings name the back end."""
    declare(_SEARCHING)
    # On another database the module of SQLite's search cannot even be imported.
    if connection.vendor == "sqlite":
        declare(_QUOTING)


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
