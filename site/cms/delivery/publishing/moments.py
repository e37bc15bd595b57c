"""The last change of documents that are not stored now: of those that went, and of a bundle's."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cms.common.batches import batches
from cms.delivery.models import PublishedDocument, Removal
from cms.delivery.publishing.rendering import Rendered

_IDS_AT_A_TIME = 500


class Moment(NamedTuple):
    """The last change of a document.

    Attributes:
        digest: of the document as it was then; empty for one that comes from elsewhere.
    """

    modified_at: datetime
    digest: str = ""

    def of(self, one: Rendered) -> datetime | None:
        """The moment, if the document is the same again; ``None`` if it is another."""
        is_same = self.digest in ("", one.at(self.modified_at).digest)
        return self.modified_at if is_same else None


Moments = Mapping[tuple[UUID, str], Moment]
"""By key and language."""

_given: ContextVar[Moments | None] = ContextVar("given", default=None)


@contextmanager
def given_moments(moments: Moments) -> Iterator[None]:
    """Within it, documents that are new here have changed when they changed where they are from."""
    token = _given.set(moments)
    try:
        yield
    finally:
        _given.reset(token)


def former_moments(new: Collection[Rendered]) -> Moments:
    """The last change of each new document that was there before, or comes from elsewhere.

    One query, and none where nothing is new.
    """
    if not new:
        return {}
    if (given := _given.get()) is not None:
        return given
    found = {}
    for keys in batches({one.key for one in new}, _IDS_AT_A_TIME):
        rows = Removal.objects.filter(key__in=keys)
        for key, locale, modified_at, digest in rows.values_list(
            "key", "locale", "modified_at", "digest"
        ):
            if modified_at is not None:
                found[key, locale] = Moment(modified_at, digest)
    return found


def find_modified(documents: Collection[tuple[str, int]]) -> dict[tuple[str, int], datetime]:
    """The last change of some documents, by type and id of the page or snippet; one query."""
    rows = PublishedDocument.objects.filter(
        type__in={label for label, _id in documents},
        object_id__in={object_id for _label, object_id in documents},
    ).values_list("type", "object_id", "modified_at")
    wanted = set(documents)
    return {
        (label, object_id): modified_at
        for label, object_id, modified_at in rows
        if modified_at is not None and (label, object_id) in wanted
    }
