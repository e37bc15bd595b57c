"""How a page type states what is translated, what is the same everywhere, and what is served."""

from collections.abc import Iterable

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


def field_names(api_fields: Iterable[APIField | str]) -> list[str]:
    """The names of a model's ``api_fields``, in their order."""
    return [field if isinstance(field, str) else field.name for field in api_fields]
