"""Stores the facets of documents, by which lists find them."""

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from cms.common.prepared_query import PreparedQuery
from cms.content.api.collections import has_facets
from cms.delivery.models import DocumentFacet
from cms.delivery.publishing.rendering import Rendered

_ROWS_AT_A_TIME: Final = 500

_FIND_FACETS: Final = PreparedQuery(
    lambda documents: DocumentFacet.objects.filter(document__in=documents).values_list(
        "pk", "document", "name", "value"
    )
)


def stored_facets(documents: Collection[int]) -> dict[int, dict[tuple[str, str], int]]:
    """The stored facets of some documents, by the documents' ids, each with its own id."""
    stored: dict[int, dict[tuple[str, str], int]] = {document: {} for document in documents}
    for pk, document, name, value in _FIND_FACETS(stored):
        stored[document][name, value] = pk
    return stored


def store_facets(rendered: Mapping[int, Rendered]) -> set[UUID]:
    """Makes the stored facets those of what was rendered; returns the keys of what has others now.

    Asks nothing of the database for documents of types that have none.

    Args:
        rendered: by the id of the stored document.
    """
    with_facets = {pk: one for pk, one in rendered.items() if has_facets(one.type)}
    if not with_facets:
        return set()
    stored = stored_facets(with_facets)
    surplus = [
        pk
        for document, facets in stored.items()
        for facet, pk in facets.items()
        if facet not in with_facets[document].facets
    ]
    if surplus:
        DocumentFacet.objects.filter(pk__in=surplus).delete()
    missing = [
        DocumentFacet(document_id=document, name=name, value=value)
        for document, one in with_facets.items()
        for name, value in sorted(one.facets - stored[document].keys())
    ]
    DocumentFacet.objects.bulk_create(missing, batch_size=_ROWS_AT_A_TIME)
    return {
        one.key for document, one in with_facets.items() if stored[document].keys() != one.facets
    }
