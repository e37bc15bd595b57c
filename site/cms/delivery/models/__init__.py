"""Tables from which other sites are answered: see ``documents.py`` first."""

from cms.delivery.models.documents import DocumentToken, PublishedDocument
from cms.delivery.models.entries import Entry
from cms.delivery.models.facets import DocumentFacet
from cms.delivery.models.feed import Feed, PendingRefresh, Removal

__all__ = [
    "DocumentFacet",
    "DocumentToken",
    "Entry",
    "Feed",
    "PendingRefresh",
    "PublishedDocument",
    "Removal",
]
