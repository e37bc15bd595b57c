"""Declarations of a page type: what is translated, the same everywhere, and served."""

from collections.abc import Collection
from typing import Final

from wagtail.api import APIField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.content.field_notes import Note, NotedField

DRAFT_FIELDS: Final = frozenset(
    {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
    }
)
"""Fields of a page that no document shows: saving a draft writes these alone.

No words are searched in them, and the database's search stores nothing but words; no reference
leads from them, by Wagtail's own word.
"""


def stores_draft_alone(update_fields: Collection[str] | None) -> bool:
    """Tells whether only :data:`DRAFT_FIELDS` are stored; ``None`` stands for all fields."""
    return update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)


def translated(*names: str) -> list[TranslatableField]:
    """Fields whose text every language has of its own."""
    return [TranslatableField(name) for name in names]


def synchronised(*names: str) -> list[SynchronizedField]:
    """Fields that are copied from the source page and that a translator cannot change."""
    return [SynchronizedField(name, overridable=False) for name in names]


def writable(*names: str, **noted: Note) -> list[APIField]:
    """API fields that a user with a token and the permission may also write (API v3).

    A field takes a note where its help text does not say enough to whoever reads the schema:
    ``writable("summary", year=Note("Year in which the support was decided."))``.
    """
    return [
        *(APIField(name, writable=True) for name in names),
        *(NotedField(name, note, writable=True) for name, note in noted.items()),
    ]
