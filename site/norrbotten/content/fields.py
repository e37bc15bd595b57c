"""How a page type states what is translated, what is the same everywhere, and what is served."""

from wagtail.api import APIField
from wagtail_localize.fields import SynchronizedField, TranslatableField


def translated(*names: str) -> list[TranslatableField]:
    """Fields whose text every language has of its own."""
    return [TranslatableField(name) for name in names]


def synchronised(*names: str) -> list[SynchronizedField]:
    """Fields that are copied from the source page and that a translator cannot change."""
    return [SynchronizedField(name, overridable=False) for name in names]


def writable(*names: str) -> list[APIField]:
    """API fields that a user with a token and the permission may also write (API v3)."""
    return [APIField(name, writable=True) for name in names]
