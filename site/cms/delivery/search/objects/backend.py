"""Wagtail's search back end: the admin's searches, the choosers', those of ``pages/`` in both APIs.

The settings name this module, which is Wagtail's own way. Words are those of ``entries/?search=``,
on either database: what it finds, this finds, in that order. modelsearch's own back end ranks on
SQLite by asking the index once more for each match, so that its cost grows with the square of what
is found, and goes through all titles whenever a page is saved.

There are two indexes. What is stored, drafts of pages that were never published among them, is in
one, for those who work on it. What everybody searches in holds published documents and no other
word; see ``matches.py``.
"""

from typing import Any

from django.db.models import Count, QuerySet
from modelsearch.backends.base import BaseSearchBackend, BaseSearchResults, FilterFieldError

from cms.delivery.search.objects.compiling import AutocompleteCompiler, SearchCompiler
from cms.delivery.search.objects.indexing import ObjectIndex, Rebuilder


class Results(BaseSearchResults):
    """Something that was found, asked for when it is looked at."""

    supports_facet = True

    def all(self) -> "Results":
        """These; who counts them asks for it, and reads every row where there is no such thing."""
        return self

    def get_queryset(self) -> QuerySet[Any]:
        """The objects that were found, as Wagtail's own back ends give them."""
        found: QuerySet[Any] = self.query_compiler.found(self._score_field)[self.start : self.stop]
        return found

    def facet(self, field_name: str) -> dict[Any, int]:
        """Return how many of what was found have each value of a field."""
        if self.query_compiler._get_filterable_field(field_name) is None:  # noqa: SLF001
            raise FilterFieldError(
                f"Cannot facet by {field_name!r}: it is no FilterField.", field_name=field_name
            )
        with self.query_compiler.by_index():
            found = self.query_compiler.found().order_by().values(field_name)
            counted = found.annotate(count=Count("pk")).order_by("-count", field_name)
            return {row[field_name]: row["count"] for row in counted}

    def _do_search(self) -> list[Any]:
        with self.query_compiler.by_index():
            return list(self.get_queryset())

    def _do_count(self) -> int:
        with self.query_compiler.by_index():
            return int(self.get_queryset().count())


class SearchBackend(BaseSearchBackend):
    """The back end of either database."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = ObjectIndex
    results_class = Results
    rebuilder_class = Rebuilder
