"""Answers that are one document or a list of them, for the views and for the fast path."""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from cms.content.api.json_text import as_json
from cms.delivery.caching.tags import document_tags, list_tags
from cms.delivery.http.compression import Encoding, chosen_encoding, deflate, gzip_of, gzip_stream
from cms.delivery.http.cursors import list_cursor
from cms.delivery.http.document_queries import (
    Columns,
    Described,
    ListedDocument,
    ListQuery,
    StoredDocument,
    entry_document,
    listed_documents,
    page_document,
)
from cms.delivery.http.etag import digest_of_list, known_digest
from cms.delivery.http.list_body_cache import kept_bodies
from cms.delivery.http.responses import (
    Answer,
    Asked,
    Headers,
    full,
    headers_with_body,
    unchanged,
    validators,
)
from cms.delivery.presentation.presentation import AS_STORED, Presentation

_OF_A_DOCUMENT: Final[tuple[Encoding, ...]] = ("br", "gzip")
OF_A_LIST: Final[tuple[Encoding, ...]] = ("gzip",)
"""Brotli's streams cannot be put together."""


def page_answer(page_id: int, asked: Asked) -> Answer | None:
    """``pages/{id}/`` for anybody; ``None`` where there is no such document."""
    encoding = chosen_encoding(asked.accept_encoding, _OF_A_DOCUMENT)
    known = known_digest(asked.if_none_match)
    document = page_document(page_id, known, encoding)
    return _answer(document, encoding, asked) if document else None


def entry_answer(
    locale: str,
    key: UUID,
    *,
    fallback: bool,
    asked: Asked,
    presentation: Presentation = AS_STORED,
) -> Answer | None:
    """``entries/{locale}/{key}/``; ``None`` where no document stands for it."""
    if not presentation.is_as_stored:
        document = entry_document(locale, key, fallback=fallback, known=None, encoding="identity")
        return _presented(document, presentation, asked) if document else None
    encoding = chosen_encoding(asked.accept_encoding, _OF_A_DOCUMENT)
    known = known_digest(asked.if_none_match)
    document = entry_document(locale, key, fallback=fallback, known=known, encoding=encoding)
    return _answer(document, encoding, asked) if document else None


def _answer(document: StoredDocument, encoding: Encoding, asked: Asked) -> Answer:
    described, content = document
    headers = _headers_of(described)
    known = unchanged(headers, described.digest, encoding, asked.if_none_match)
    if known is not None:
        return known
    if content is None:
        raise AssertionError("What the client has is a 304.")
    if encoding == "gzip":
        content = gzip_of(content)
    headers = _headers_with_body(described, encoding, len(content))
    return Answer(200, headers, b"" if asked.head_only else content)


def _presented(document: StoredDocument, presentation: Presentation, asked: Asked) -> Answer:
    """A document in another form than it is stored in; its digest is that of the answer."""
    described, content = document
    body = presentation.of(content or b"")
    described = described._replace(digest=hashlib.sha256(body).hexdigest())
    encoding = chosen_encoding(asked.accept_encoding, OF_A_LIST)
    known = unchanged(_headers_of(described), described.digest, encoding, asked.if_none_match)
    if known is not None:
        return known
    if encoding == "gzip":
        body = gzip_of(deflate(body))
    headers = _headers_with_body(described, encoding, len(body))
    return Answer(200, headers, b"" if asked.head_only else body)


@lru_cache(maxsize=4096)
def _headers_of(document: Described) -> Headers:
    """The headers of a document; its digest covers them: the same document has the same headers."""
    return validators(document.digest, document_tags(document), document.language)


@lru_cache(maxsize=4096)
def _headers_with_body(document: Described, encoding: Encoding, size: int) -> Headers:
    return headers_with_body(_headers_of(document), size, document.digest, encoding)


def list_answer(query: ListQuery, asked: Asked) -> Answer:
    """``entries/{locale}/`` without a search.

    The digests alone tell whether the client has it, or this process has put it together before:
    then no document is read.
    """
    if not query.presentation.is_as_stored:
        return presented_list(
            lambda columns: _listed(query, listed_documents(query, columns)), asked
        )
    listed = _listed(query, listed_documents(query))
    encoding = chosen_encoding(asked.accept_encoding, OF_A_LIST)
    if (known := listed.unchanged(asked.if_none_match, encoding)) is not None:
        return known
    body = kept_bodies.get(listed.digest, encoding)
    if body is None:
        # Something may have been published since, so that its digest is another.
        listed = _listed(query, listed_documents(query, columns_for(encoding)))
        body = listed.body(encoding)
        kept_bodies.keep(listed.digest, encoding, body)
    return listed.full(body, encoding, head_only=asked.head_only)


def presented_list(read: "Callable[[Columns], DocumentList]", asked: Asked) -> Answer:
    """A list whose documents have another form than they are stored in.

    The same documents in the same form are the same to the byte, so that a body that was made
    before is sent again without reading one.

    Args:
        read: finds the documents, with some of their contents.
    """
    listed = read(())
    body = kept_bodies.get(listed.source_digest, "identity")
    if body is None:
        listed = read(("body",))
        body = listed.presented_body()
        kept_bodies.keep(listed.source_digest, "identity", body)
    listed.digest = hashlib.sha256(body).hexdigest()
    encoding = chosen_encoding(asked.accept_encoding, OF_A_LIST)
    if (known := listed.unchanged(asked.if_none_match, encoding)) is not None:
        return known
    if encoding == "gzip":
        packed = kept_bodies.get(listed.digest, encoding)
        if packed is None:
            packed = gzip_of(deflate(body))
            kept_bodies.keep(listed.digest, encoding, packed)
        body = packed
    return listed.full(body, encoding, head_only=asked.head_only)


def columns_for(encoding: Encoding) -> Columns:
    """The columns to read of documents to send them in an encoding, one behind the other."""
    if encoding == "gzip":
        return ("body", "deflated")
    return ("body",)


def _listed(query: ListQuery, documents: list[ListedDocument]) -> "DocumentList":
    shown = documents[: query.limit]
    is_all = len(documents) <= query.limit
    following = None if is_all else list_cursor(shown[-1].cursor(query.order))
    return DocumentList(query, shown, b'"next":' + as_json(following))


class DocumentList:
    """Whole documents with what stands behind them, to be sent in one answer.

    Args:
        query: what was asked for.
        end: further members of the answer, as JSON, without its brace.
    """

    def __init__(self, query: ListQuery, documents: list[ListedDocument], end: bytes) -> None:
        self.query = query
        self.documents = documents
        self.end = end
        self.digest = digest_of_list([document.digest for document in documents], end)

    @property
    def source_digest(self) -> str:
        """A digest of the stored documents and of the form in which they are wanted."""
        return digest_of_list([self.digest], self.query.presentation.name.encode())

    def presented_body(self) -> bytes:
        """All of it in the form that is wanted; the bodies of the documents must have been read."""
        documents = [self.query.presentation.of(one.body or b"") for one in self.documents]
        return b"".join((_BEGINNING, b",".join(documents), b"],", self.end, b"}"))

    def unchanged(self, if_none_match: str, encoding: Encoding) -> Answer | None:
        """The 304 for a client that has it already; else ``None``."""
        return unchanged(self._headers(), self.digest, encoding, if_none_match)

    def body(self, encoding: Encoding) -> bytes:
        """All of it; the contents of the documents must have been read."""
        return _joined(_BEGINNING, self.documents, b"]," + self.end + b"}", encoding)

    def full(self, body: bytes, encoding: Encoding, *, head_only: bool = False) -> Answer:
        """The answer with all of it."""
        return full(self._headers(), body, self.digest, encoding, head_only=head_only)

    def _headers(self) -> Headers:
        tags = list_tags(self.query.locale, self.query.types)
        # That which was asked for first, then what stood in.
        asked_for = self.query.locale
        languages = {document.language for document in self.documents} or {asked_for}
        ordered = sorted(languages, key=lambda code: (code != asked_for, code))
        return validators(self.digest, tags, ", ".join(ordered))


def _joined(beginning: bytes, documents: Iterable[Any], end: bytes, encoding: Encoding) -> bytes:
    """Documents with commas between, in an encoding; each was compressed when it was published."""
    if encoding != "gzip":
        bodies = b",".join([document.body for document in documents])
        return b"".join((beginning, bodies, end))
    parts = [(beginning, deflate(beginning))]
    for number, document in enumerate(documents):
        if number:
            parts.append(_COMMA)
        parts.append((document.body, document.deflated))
    parts.append((end, deflate(end)))
    return b"".join(gzip_stream(parts))


_BEGINNING: Final = b'{"items":['
_COMMA: Final = (b",", deflate(b","))
