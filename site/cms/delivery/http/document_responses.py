"""Answers that are one document or a list of them, for the views and for the fast path."""

from collections.abc import Iterable
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
from cms.delivery.http.etag import digest_of_list, is_known, known_digest
from cms.delivery.http.list_body_cache import kept_bodies
from cms.delivery.http.responses import (
    Answer,
    Headers,
    full,
    headers_with_body,
    validators,
)

_OF_A_DOCUMENT: Final[tuple[Encoding, ...]] = ("br", "gzip")
OF_A_LIST: Final[tuple[Encoding, ...]] = ("gzip",)
"""Brotli's streams cannot be put together."""


class Asked:
    """The headers of a request on which the answer depends."""

    __slots__ = ("accept_encoding", "head_only", "if_none_match")

    def __init__(self, accept_encoding: str, if_none_match: str, *, head_only: bool) -> None:
        self.accept_encoding = accept_encoding
        self.if_none_match = if_none_match
        self.head_only = head_only


def page_answer(page_id: int, asked: Asked) -> Answer | None:
    """``pages/{id}/`` for anybody; ``None`` where there is no such document."""
    encoding = chosen_encoding(asked.accept_encoding, _OF_A_DOCUMENT)
    known = known_digest(asked.if_none_match)
    document = page_document(page_id, known, encoding)
    return _answer(document, encoding, asked) if document else None


def entry_answer(locale: str, key: UUID, *, fallback: bool, asked: Asked) -> Answer | None:
    """``entries/{locale}/{key}/``; ``None`` where no document stands for it."""
    encoding = chosen_encoding(asked.accept_encoding, _OF_A_DOCUMENT)
    known = known_digest(asked.if_none_match)
    document = entry_document(locale, key, fallback=fallback, known=known, encoding=encoding)
    return _answer(document, encoding, asked) if document else None


def _answer(document: StoredDocument, encoding: Encoding, asked: Asked) -> Answer:
    described, content = document
    if content is None or is_known(asked.if_none_match, described.digest):
        return Answer(304, _headers_of(described))
    if encoding == "gzip":
        content = gzip_of(content)
    headers = _headers_with_body(described, encoding, len(content))
    return Answer(200, headers, b"" if asked.head_only else content)


@lru_cache(maxsize=4096)
def _headers_of(document: Described) -> Headers:
    """The headers of a document; its digest covers them: the same document has the same headers."""
    return validators(document.digest, document_tags(document), document.language)


@lru_cache(maxsize=4096)
def _headers_with_body(document: Described, encoding: Encoding, size: int) -> Headers:
    return headers_with_body(_headers_of(document), size, encoding)


def list_answer(query: ListQuery, asked: Asked) -> Answer:
    """``entries/{locale}/`` without a search.

    The digests alone tell whether the client has it, or this process has put it together before:
    then no document is read.
    """
    listed = _listed(query, listed_documents(query))
    if is_known(asked.if_none_match, listed.digest):
        return listed.unchanged()
    encoding = chosen_encoding(asked.accept_encoding, OF_A_LIST)
    body = kept_bodies.get(listed.digest, encoding)
    if body is None:
        # Something may have been published since, so that its digest is another.
        listed = _listed(query, listed_documents(query, columns_for(encoding)))
        body = listed.body(encoding)
        kept_bodies.keep(listed.digest, encoding, body)
    return listed.full(body, encoding, head_only=asked.head_only)


def columns_for(encoding: Encoding) -> Columns:
    """The columns to read of documents to send them in an encoding, one behind the other."""
    if encoding == "gzip":
        return ("body", "deflated")
    return ("body",)


def _listed(query: ListQuery, documents: list[ListedDocument]) -> "DocumentList":
    shown = documents[: query.limit]
    following = list_cursor(shown[-1].cursor) if len(documents) > query.limit else None
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

    def unchanged(self) -> Answer:
        """The 304 for a client that has it already."""
        return Answer(304, self._headers())

    def body(self, encoding: Encoding) -> bytes:
        """All of it; the contents of the documents must have been read."""
        return _joined(b'{"items":[', self.documents, b"]," + self.end + b"}", encoding)

    def full(self, body: bytes, encoding: Encoding, *, head_only: bool = False) -> Answer:
        """The answer with all of it."""
        return full(self._headers(), body, encoding, head_only=head_only)

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


_COMMA: Final = (b",", deflate(b","))
