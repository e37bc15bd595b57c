"""Answers that are one document or a list of them, for the views and for the fast path."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from norrbotten.content.api.writing import as_json
from norrbotten.delivery.answers import (
    Answer,
    Headers,
    digest_of_list,
    full,
    is_known,
    known_digest,
    validators,
)
from norrbotten.delivery.caching.tags import document_tags, list_tags
from norrbotten.delivery.cursors import list_cursor
from norrbotten.delivery.encodings import Encoding, chosen_encoding, deflate, gzip_of, gzip_stream
from norrbotten.delivery.reading import (
    ListedDocument,
    ListQuery,
    StoredDocument,
    entry_document,
    listed_documents,
    page_document,
)

_OF_A_DOCUMENT: Final[tuple[Encoding, ...]] = ("br", "gzip")
_OF_A_LIST: Final[tuple[Encoding, ...]] = ("gzip",)
"""Brotli's streams cannot be put together."""


class Asked:
    """What of a request's headers changes the answer to it."""

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
    tags = document_tags(document)
    headers = validators(document.digest, tags, document.language)
    if document.content is None or is_known(asked.if_none_match, document.digest):
        return Answer(304, headers)
    content = gzip_of(document.content) if encoding == "gzip" else document.content
    return full(headers, content, encoding, head_only=asked.head_only)


def list_answer(query: ListQuery, asked: Asked) -> Answer:
    """``entries/{locale}/`` without a search."""
    if asked.if_none_match:
        # Whoever asks again mostly has it: the digests alone tell, and no body is read.
        documents = listed_documents(query)
        headers = _list_headers(query, documents)
        if is_known(asked.if_none_match, _digest(query, documents)):
            return Answer(304, headers)
    encoding = chosen_encoding(asked.accept_encoding, _OF_A_LIST)
    columns = ("body", "deflated") if encoding == "gzip" else ("body",)
    documents = listed_documents(query, columns)
    headers = _list_headers(query, documents)
    end = b'],"next":' + as_json(next_of(query, documents)) + b"}"
    body = joined(b'{"items":[', documents[: query.limit], end, encoding)
    return full(headers, body, encoding, head_only=asked.head_only)


def next_of(query: ListQuery, documents: list[ListedDocument]) -> str | None:
    """The cursor of what follows; ``None`` at the end."""
    if len(documents) <= query.limit:
        return None
    last = documents[query.limit - 1]
    return list_cursor(last.sort_key, last.key)


def _list_headers(query: ListQuery, documents: list[ListedDocument]) -> Headers:
    shown = documents[: query.limit]
    tags = list_tags(query.locale, query.types)
    return validators(_digest(query, documents), tags, languages_in(query.locale, shown))


def languages_in(locale: str, documents: Iterable[ListedDocument]) -> str:
    """The value of ``Content-Language``: that which was asked for first, then what stood in."""
    languages = {document.language for document in documents} or {locale}
    return ", ".join(sorted(languages, key=lambda code: (code != locale, code)))


def _digest(query: ListQuery, documents: list[ListedDocument]) -> str:
    digests = [document.digest for document in documents[: query.limit]]
    return digest_of_list(digests, next_of(query, documents) or "")


def joined(
    beginning: bytes, documents: Iterable[ListedDocument], end: bytes, encoding: Encoding
) -> bytes:
    """Documents with commas between, in an encoding; each was compressed when it was published."""
    if encoding != "gzip":
        bodies = b",".join(document.body for document in documents)
        return b"".join((beginning, bodies, end))
    parts = [(beginning, deflate(beginning))]
    for number, document in enumerate(documents):
        if number:
            parts.append(_COMMA)
        parts.append((document.body, document.deflated))
    parts.append((end, deflate(end)))
    return b"".join(gzip_stream(parts))


_COMMA: Final = (b",", deflate(b","))
