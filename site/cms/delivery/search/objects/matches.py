"""Conditions for objects that have some words, by either index or by both.

Each condition is asked for once in a query, not for each object: that keeps the cost of a search in
proportion to what is found.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page

from cms.delivery.models import PublishedDocument
from cms.delivery.search.index import Index, current_index
from cms.delivery.search.matching import Operator, Stems, Terms
from cms.delivery.search.models import IndexedText
from cms.delivery.search.objects.indexing import entries_of
from cms.delivery.search.tables import OBJECTS

Level = Literal["in_title", "anywhere", "folded_in_title", "folded_anywhere"]
"""One of the conditions of ``Conditions``."""

Readers = Literal["everybody", "known", "editors"]
"""Those who search: everybody, who has a token of the API, who works in the admin."""

_readers: ContextVar[Readers] = ContextVar("readers", default="editors")


@contextmanager
def searching_for(readers: Readers) -> Iterator[None]:
    """Say for whom pages are searched within: by what is published, or by what is stored."""
    token = _readers.set(readers)
    try:
        yield
    finally:
        _readers.reset(token)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that are looked for."""

    terms: Terms
    stems: Stems
    operator: Operator


class Matches(Protocol):
    """A way to look for words in objects of a model."""

    def having(self, wanted: Wanted, level: Level) -> Q:
        """Return the condition for objects that have the words, as closely as a level says."""

    def length(self, column: str) -> Any:
        """Return the number of words of the object at hand."""


class StoredMatches:
    """By what is stored, drafts of pages that were never published among it."""

    def __init__(self, model: Any, *, is_autocomplete: bool) -> None:
        self._key = model._meta.pk
        self._entries = entries_of(model).filter(is_autocomplete=is_autocomplete)

    def having(self, wanted: Wanted, level: Level) -> Q:
        """Return the condition for objects that have the words, as closely as a level says."""
        matching = self._entries.filter(pk__in=_ids(current_index(OBJECTS), wanted, level))
        return Q(pk__in=matching.values_list(Cast("object_id", self._key), flat=True))

    def length(self, column: str) -> Subquery:
        """Return the number of words of the object at hand."""
        own = self._entries.filter(object_id=Cast(OuterRef("pk"), CharField()))
        return Subquery(own.values(column)[:1])


class PublishedMatches:
    """By the published documents of pages, and by nothing else."""

    def having(self, wanted: Wanted, level: Level) -> Q:
        """Return the condition for pages that have the words, as closely as a level says."""
        ids = _ids(current_index(), wanted, level)
        matching = PublishedDocument.objects.filter(page_id__isnull=False, pk__in=ids)
        return Q(pk__in=matching.values("page_id"))

    def length(self, column: str) -> Subquery:
        """Return the number of words of the page at hand."""
        own = IndexedText.objects.filter(document__page_id=OuterRef("pk"))
        return Subquery(own.values(column)[:1])


class ReadableMatches:
    """By published documents as everybody finds them, and of other pages by what is stored.

    So who has a token finds what everybody finds, in that order, and beside it what is theirs.
    """

    def __init__(self, model: Any) -> None:
        self._published = PublishedMatches()
        self._stored = StoredMatches(model, is_autocomplete=False)

    def having(self, wanted: Wanted, level: Level) -> Q:
        """Return the condition for pages that have the words, as closely as a level says."""
        published = PublishedDocument.objects.filter(page_id__isnull=False).values("page_id")
        return self._published.having(wanted, level) | (
            self._stored.having(wanted, level) & ~Q(pk__in=published)
        )

    def length(self, column: str) -> Coalesce:
        """Return the number of words of the page at hand."""
        return Coalesce(self._published.length(column), self._stored.length(column))


def matches_in(model: Any, *, is_autocomplete: bool) -> Matches:
    """Return how to look for words in objects of a model, for those who search.

    Pages are found by all that they are searched by, also while somebody types: Wagtail's own
    autocompletion, which the admin's search, lists and choosers ask, knows titles alone.
    """
    readers = _readers.get()
    if readers == "editors" or not issubclass(model, Page):
        by_what_completes = is_autocomplete and not issubclass(model, Page)
        return StoredMatches(model, is_autocomplete=by_what_completes)
    return PublishedMatches() if readers == "everybody" else ReadableMatches(model)


def _ids(index: Index, wanted: Wanted, level: Level) -> RawSQL:
    conditions = index.conditions(wanted.terms, wanted.stems, wanted.operator)
    condition = getattr(conditions, level)
    return RawSQL(condition.ids, [condition.parameter])  # noqa: S611 - written in this package
