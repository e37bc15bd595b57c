"""Published documents without pages, to be searched in."""

from collections.abc import Iterable
from itertools import count
from uuid import UUID, uuid4

from cms.delivery.models import DocumentToken, Entry, PublishedDocument
from cms.delivery.publishing.change import Change, documents_changed
from cms.delivery.search.find import Found, find
from cms.languages.sorting import sort_key

# Beyond those of an example site.
_numbers = count(100_000)


def publish(
    title: str,
    text: str = "",
    *,
    locale: str = "sv",
    entries: Iterable[str] = (),
    key: UUID | None = None,
    type: str = "tests.Page",  # noqa: A002 - as the field is called
    under: Iterable[UUID] = (),
    page_id: int | None = None,
) -> PublishedDocument:
    """Publish a document and tell of it; ``entries``: languages that fall back on it."""
    number = next(_numbers)
    document = PublishedDocument.objects.create(
        key=key or uuid4(),
        locale=locale,
        language=locale,
        page_id=number if page_id is None else page_id,
        object_id=number,
        type=type,
        path=f"/{locale}/{number}/",
        title=title,
        listed=True,
        digest=str(number),
        summary_digest=str(number),
        sequence=number,
        body=b"{}",
        deflated=b"",
        brotli=b"",
    )
    Entry.objects.bulk_create(
        Entry(
            key=document.key,
            locale=code,
            document=document,
            is_own=code == locale,
            type=type,
            sort_key=sort_key(title, code),
        )
        for code in (locale, *entries)
    )
    DocumentToken.objects.bulk_create(
        DocumentToken(document=document, token=f"under:{above}") for above in (*under, document.key)
    )
    tell(published(document, title, text))
    return document


def published(document: PublishedDocument, title: str, text: str) -> Change:
    return Change(
        operation="publish",
        key=document.key,
        locale=document.locale,
        object_id=document.object_id,
        type=document.type,
        path=document.path,
        sequence=document.sequence,
        digest=document.digest,
        document_id=document.pk,
        listed=True,
        title=title,
        text=text,
    )


def removed(document: PublishedDocument) -> Change:
    return Change(
        operation="remove",
        key=document.key,
        locale=document.locale,
        object_id=document.object_id,
        type=document.type,
        path=document.path,
        sequence=next(_numbers),
        digest=None,
        document_id=None,
        listed=True,
    )


def tell(*changes: Change) -> None:
    documents_changed.send(sender=None, changes=list(changes))


def search(
    query: str,
    locale: str = "sv",
    *,
    fallback: bool = False,
    types: Iterable[str] = (),
    under: UUID | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Found:
    return find(
        locale,
        query,
        fallback=fallback,
        types=[*types],
        under=under,
        limit=limit,
        after=after,
    )


def titles(found: Found) -> list[str]:
    """The titles of the hits, in their order."""
    by_id = PublishedDocument.objects.in_bulk([hit.document_id for hit in found.hits])
    return [by_id[hit.document_id].title for hit in found.hits]
