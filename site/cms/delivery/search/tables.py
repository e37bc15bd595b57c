"""Names of the tables of either index."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """An index's table, which on PostgreSQL holds the words as well.

    Attributes:
        rows: its name.
        key: the column of its primary key.
        words: the table of words beside it on SQLite.
    """

    rows: str
    key: str
    words: str


PUBLISHED: Final = Table("delivery_search_indexedtext", "document_id", "delivery_search_words")
"""The index of what is published, and of nothing else: everybody searches in it."""

OBJECTS: Final = Table("delivery_search_indexedobject", "id", "delivery_search_objectwords")
"""Pages, facts, images and documents as they are stored, drafts among them: for the admin."""
