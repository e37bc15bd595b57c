"""Queries for the documents of the mirror and their addresses."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models.functions import Length

from cms.common.batches import batches
from cms.common.keyset_pages import keyset_rows
from cms.delivery.http.compression import GZIP_HEADER
from cms.delivery.models import Entry, PublishedDocument, Removal
from cms.export.mirror.layout import contents_name, stored_folder

AT_ONCE = 500

_ENTRIES: Final = (
    "SELECT CAST(key AS text), locale, is_own, document_id FROM delivery_entry WHERE key IN ({})"
)


class DocumentFolder(NamedTuple):
    """A document that anybody may read.

    Attributes:
        pk: its id.
        folder: where the mirror has it.
        name: of the folder with its files, to which that one leads.
        page: id of its page; ``None`` for a snippet.
        sizes: bytes of its body, of that as gzip and as Brotli.
    """

    pk: int
    folder: str
    name: str
    page: int | None
    sizes: tuple[int, int, int]


class EntryTarget(NamedTuple):
    """A document that stands for a key in a language.

    Attributes:
        key, locale: what is asked for, as addresses have it.
        is_own: whether it is the document of that language rather than of a fallback.
    """

    key: str
    locale: str
    is_own: bool
    document: DocumentFolder


class Contents(NamedTuple):
    """The body of a document, and its encodings where these are asked for."""

    pk: int
    body: bytes
    deflated: bytes = b""
    brotli: bytes = b""


def entry_targets(keys: Sequence[UUID]) -> list[EntryTarget]:
    """Finds the documents for some keys, in every language that has one."""
    entries = _entries_of(keys)
    documents = _documents({pk for _key, _locale, _is_own, pk in entries})
    # SQLite has a key without hyphens.
    names = {form: str(key) for key in keys for form in (key.hex, str(key))}
    return [
        EntryTarget(names[key], locale, bool(is_own), documents[pk])
        for key, locale, is_own, pk in entries
        if pk in documents
    ]


def _entries_of(keys: Sequence[UUID]) -> list[tuple[str, str, bool, int]]:
    """Key as the database has it, language, whether it is its own, and id of the document.

    Without Django's models, which would make a ``UUID`` of each key up to nine times.
    """
    field = Entry._meta.get_field("key")
    parameters = [field.get_db_prep_value(key, connection) for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES.format(", ".join(["%s"] * len(keys))), parameters)
        rows: list[tuple[str, str, bool, int]] = cursor.fetchall()
    return rows


def _documents(ids: Collection[int]) -> dict[int, DocumentFolder]:
    """The public ones of some documents, by their ids."""
    found = PublishedDocument.objects.filter(pk__in=ids, listed=True).values_list(
        "pk", "digest", "language", "page_id", Length("body"), Length("deflated"), Length("brotli")
    )
    return {
        pk: DocumentFolder(
            pk,
            stored_folder(digest, language),
            contents_name(digest, language),
            page,
            (plain, len(GZIP_HEADER) + deflated, brotli),
        )
        for pk, digest, language, page, plain, deflated, brotli in found
    }


def contents_of(documents: Sequence[int], *, compressed: bool) -> Iterator[Contents]:
    """The contents of some documents, by their ids."""
    members = ("body", "deflated", "brotli") if compressed else ("body",)
    for ids in batches(documents, AT_ONCE):
        some = PublishedDocument.objects.filter(pk__in=ids)
        for pk, *contents in some.values_list("pk", *members):
            yield Contents(pk, *map(bytes, contents))


def pages_with_documents(pages: Collection[int]) -> set[int]:
    """Finds those of some ids of pages for which the API has a document of ours."""
    found = PublishedDocument.objects.filter(listed=True, page_id__in=pages)
    return {page for page in found.values_list("page_id", flat=True) if page is not None}


def keys_with_entries(locale: str, keys: Collection[UUID]) -> set[UUID]:
    """Finds those of some keys that have an entry in a language."""
    found = Entry.objects.filter(locale=locale, key__in=keys, document__listed=True)
    return set(found.values_list("key", flat=True))


def every_key() -> Iterator[list[UUID]]:
    """All keys that have an entry, some at a time."""
    for rows in keyset_rows(Entry.objects.distinct(), "key", size=AT_ONCE):
        yield [key for (key,) in rows]


def keys_changed_since(sequence: int) -> Iterator[list[UUID]]:
    """The keys whose documents came, changed or went after a change, some at a time."""
    for model in (PublishedDocument, Removal):
        for rows in keyset_rows(
            model.objects.all(), "sequence", "key", size=AT_ONCE, after=sequence
        ):
            yield list(dict.fromkeys(key for _sequence, key in rows))


def how_many() -> int:
    """The number of documents in an up-to-date mirror."""
    return PublishedDocument.objects.filter(listed=True).count()
