"""Reads from the database which document stands at which address of the mirror."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models.functions import Length

from norrbotten.delivery.models import Entry, PublishedDocument, Removal
from norrbotten.export.mirror.layout import stored_folder

AT_ONCE = 500


class Standing(NamedTuple):
    """A document that stands for a key in a language.

    Attributes:
        key, locale: what is asked for.
        is_own: whether it is the document of that language rather than of a fallback.
        document: its id.
        language: what it is really in.
        page: id of its page; ``None`` for a snippet.
        size: bytes of its body.
    """

    key: UUID
    locale: str
    is_own: bool
    document: int
    digest: str
    language: str
    page: int | None
    size: int

    @property
    def folder(self) -> str:
        """Where the mirror has it."""
        return stored_folder(self.digest, self.language)


class Contents(NamedTuple):
    """A document in every encoding."""

    document: int
    body: bytes
    deflated: bytes
    brotli: bytes


def standing_for(keys: Sequence[UUID]) -> list[Standing]:
    """What stands for some keys, in every language in which something does."""
    members = ("digest", "language", "page_id")
    rows = Entry.objects.filter(key__in=keys, document__listed=True).values_list(
        "key",
        "locale",
        "is_own",
        "document_id",
        *(f"document__{member}" for member in members),
        Length("document__body"),
    )
    return [Standing(*row) for row in rows]


def contents_of(documents: Sequence[int]) -> Iterator[Contents]:
    """Some documents by their ids."""
    for start in range(0, len(documents), AT_ONCE):
        some = PublishedDocument.objects.filter(pk__in=documents[start : start + AT_ONCE])
        for pk, *contents in some.values_list("pk", "body", "deflated", "brotli"):
            yield Contents(pk, *map(bytes, contents))


def pages_with_documents(pages: Collection[int]) -> set[int]:
    """Those of some ids of pages at which the API has a document of ours."""
    found = PublishedDocument.objects.filter(listed=True, page_id__in=pages)
    return {page for page in found.values_list("page_id", flat=True) if page is not None}


def keys_with_entries(locale: str, keys: Collection[UUID]) -> set[UUID]:
    """Those of some keys for which something stands in a language."""
    found = Entry.objects.filter(locale=locale, key__in=keys, document__listed=True)
    return set(found.values_list("key", flat=True))


def every_key() -> Iterator[list[UUID]]:
    """All keys for which something stands, some at a time."""
    last: UUID | None = None
    while True:
        entries = Entry.objects.order_by("key")
        if last is not None:
            entries = entries.filter(key__gt=last)
        keys = list(entries.values_list("key", flat=True).distinct()[:AT_ONCE])
        if not keys:
            return
        yield keys
        last = keys[-1]


def keys_changed_since(sequence: int) -> Iterator[list[UUID]]:
    """The keys whose documents came, changed or went after a change, some at a time."""
    for model in (PublishedDocument, Removal):
        last = sequence
        while True:
            rows = list(
                model.objects.filter(sequence__gt=last)
                .order_by("sequence")
                .values_list("sequence", "key")[:AT_ONCE]
            )
            if not rows:
                break
            yield list(dict.fromkeys(key for _sequence, key in rows))
            last = rows[-1][0]


def how_many() -> int:
    """Documents that the mirror has when it is up to date."""
    return PublishedDocument.objects.filter(listed=True).count()
