"""What is stored so that other sites can be answered: see ``documents.py`` first."""

from norrbotten.delivery.models.documents import DocumentToken, PublishedDocument
from norrbotten.delivery.models.entries import Entry
from norrbotten.delivery.models.feed import Feed, PendingRefresh, Removal

__all__ = [
    "DocumentToken",
    "Entry",
    "Feed",
    "PendingRefresh",
    "PublishedDocument",
    "Removal",
]
