"""How a page type states what is translated, what is the same everywhere, and what is served."""

from wagtail.api import APIField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from norrbotten.content.notes import Note, NotedField


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
