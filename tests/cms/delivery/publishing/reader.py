"""A reader of the feed, as another site is one, and the claim that everything here tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from cms.delivery.models import PendingRefresh, PublishedDocument, Removal
from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences


class DocumentKey(NamedTuple):
    """The key by which a reader knows a document."""

    key: UUID
    locale: str


@dataclass
class Reader:
    """Somebody who applies every change after the last one that was seen.

    Attributes:
        held: digests of documents.
        seen: the number of the last change.
    """

    held: dict[DocumentKey, str] = field(default_factory=dict)
    seen: int = 0

    def follow(self) -> None:
        """Applies what is new, in the order of its numbers."""
        changes = feed_after(self.seen)
        numbers = [number for number, _place, _digest in changes]
        assert numbers == sorted(set(numbers)), "Numbers are not unique."
        for number, place, digest in changes:
            self.seen = number
            if digest is None:
                self.held.pop(place, None)
            else:
                self.held[place] = digest


def feed_after(number: int) -> list[tuple[int, DocumentKey, str | None]]:
    """Every change after a number: its own, of what, and the digest or ``None`` for a removal."""
    published = PublishedDocument.objects.filter(listed=True, sequence__gt=number)
    removed = Removal.objects.filter(sequence__gt=number)
    changes: list[tuple[int, DocumentKey, str | None]] = [
        (sequence, DocumentKey(key, locale), digest)
        for sequence, key, locale, digest in published.values_list(
            "sequence", "key", "locale", "digest"
        )
    ]
    changes += [
        (sequence, DocumentKey(key, locale), None)
        for sequence, key, locale in removed.values_list("sequence", "key", "locale")
    ]
    return sorted(changes, key=lambda change: change[0])


def all_live() -> Mapping[DocumentKey, str]:
    """Digests of everything that a reader should hold."""
    rows = PublishedDocument.objects.filter(listed=True).values_list("key", "locale", "digest")
    return {DocumentKey(key, locale): digest for key, locale, digest in rows}


def assert_stored_equals_rendered(reader: Reader | None = None) -> None:
    """The claim: once nothing waits, what is stored is what would be rendered now.

    A reader that follows from where it was then holds exactly what is live.
    """
    if PendingRefresh.objects.exists():
        render_backlog()
    assert list(differences()) == []
    if reader is not None:
        reader.follow()
        assert reader.held == all_live()
