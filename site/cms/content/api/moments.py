"""Moments of a document: its publication and its last change, for pages and facts alike."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone
from pydantic import Field

from cms.content.api.references.preparation import resolver_of

FindModified = Callable[[Collection[tuple[str, int]]], dict[tuple[str, int], datetime]]
"""The moments at which documents changed last, by label and id; of those that are stored."""

_find: list[FindModified] = []

BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where something is live and nothing says since when."""


def register_modified(find: FindModified) -> None:
    """Says how the moments are found; delivery, which stores documents, does, once."""
    _find[:] = [find]


def resolve_published_at(owner: Any, context: dict[str, Any]) -> datetime:
    """First publication; of a draft that never was published, now."""
    for name in ("first_published_at", "last_published_at", "latest_revision_created_at"):
        moment: datetime | None = getattr(owner, name, None)
        if moment is not None and (owner.live or name == "first_published_at"):
            return moment.astimezone(UTC)
    return BEFORE_ALL if owner.live else timezone.now()


def resolve_modified_at(owner: Any, context: dict[str, Any]) -> datetime:
    """The stored moment; of what is not published yet, now."""
    if owner.pk is None or not _find:
        return timezone.now()
    references = resolver_of(owner, context.get("request")).references
    if references.modified is None:
        [find] = _find
        references.modified = find([(type(one)._meta.label, one.pk) for one in references.owners])
    found = references.modified.get((type(owner)._meta.label, owner.pk))
    return found.astimezone(UTC) if found else timezone.now()


MOMENT_FIELDS: dict[str, tuple[Any, Any, Any]] = {
    "published_at": (
        datetime,
        Field(description="First publication in this language.", examples=["2027-01-15T08:30:00Z"]),
        staticmethod(resolve_published_at),
    ),
    "modified_at": (
        datetime,
        Field(
            description="The last time that anything of the document but this changed. It is "
            "stored: publishing the same again changes nothing.",
            examples=["2027-02-03T10:15:00Z"],
        ),
        staticmethod(resolve_modified_at),
    ),
}
"""Type, description and resolver by name, the last members of every document."""
