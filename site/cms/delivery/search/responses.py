"""Answers of a search: whole documents, the best first, each with the words around the match."""

from cms.content.api.json_text import as_json
from cms.delivery.http.compression import chosen_encoding
from cms.delivery.http.document_queries import Columns, ListQuery, documents_by_id
from cms.delivery.http.document_responses import (
    OF_A_LIST,
    DocumentList,
    columns_for,
    presented_list,
)
from cms.delivery.http.responses import Answer, Asked
from cms.delivery.search.find import Found, find


def search_answer(query: ListQuery, words: str, cursor: str | None, asked: Asked) -> Answer:
    """``entries/{locale}/?search=``.

    Args:
        cursor: ``next`` of the answer before.

    Raises:
        InvalidPosition: ``cursor`` is none of a search.
    """
    found = find(
        query.locale,
        words,
        fallback=query.fallback,
        types=query.types,
        under=query.under,
        facets=query.facets,
        limit=query.limit,
        after=cursor,
    )
    if not query.presentation.is_as_stored:
        return presented_list(lambda columns: _documents(query, found, columns), asked)
    encoding = chosen_encoding(asked.accept_encoding, OF_A_LIST)
    if asked.if_none_match:
        known = _documents(query, found, ()).unchanged(asked.if_none_match, encoding)
        if known is not None:
            return known
    listed = _documents(query, found, columns_for(encoding))
    return listed.full(listed.body(encoding), encoding)


def _documents(query: ListQuery, found: Found, columns: Columns) -> DocumentList:
    documents = documents_by_id([hit.document_id for hit in found.hits], columns)
    # One that was removed since it was found is left out.
    hits = [hit for hit in found.hits if hit.document_id in documents]
    excerpts = {str(hit.key): hit.excerpt for hit in hits}
    end = b'"next":' + as_json(found.next) + b',"excerpts":' + as_json(excerpts)
    return DocumentList(query, [documents[hit.document_id] for hit in hits], end)
