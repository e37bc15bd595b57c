"""Makes a query for the database of what somebody searches among."""

from contextlib import AbstractContextManager
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from modelsearch.backends.base import BaseSearchQueryCompiler
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText

from cms.delivery.search.index import current_index
from cms.delivery.search.matching import Operator, stems_of
from cms.delivery.search.objects.matches import Level, Wanted, matches_in
from cms.delivery.search.query import LONGEST_QUERY, parse_query
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.languages.stems import STEMMED_LANGUAGES

_SCORE: Final = "_score"
# More than any text has words: among equals the shorter one comes first, and never before a better.
_A_TIER: Final = 1_000_000
_TIERS: Final[tuple[tuple[Level, int, str], ...]] = (
    ("in_title", 4, "title_length"),
    ("anywhere", 3, "length"),
    ("folded_in_title", 2, "title_length"),
    ("folded_anywhere", 1, "length"),
)
"""Those of ``entries/?search=``, each with the words that are counted among equals."""
_OF_TITLES: Final[dict[Level, Level]] = {
    "anywhere": "in_title",
    "folded_anywhere": "folded_in_title",
}


class SearchCompiler(BaseSearchQueryCompiler):
    """A search among some objects, as somebody asks for it.

    A search in some fields alone is one in the title, where that is the only one, and otherwise one
    in all of them: what else is in an object is not told apart.
    """

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    is_autocomplete = False

    def __init__(self, queryset: QuerySet[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(queryset, *args, **kwargs)
        self._matches = matches_in(queryset.model, is_autocomplete=self.is_autocomplete)
        self._in_title_alone = self.fields is not None and list(self.fields) == ["title"]

    def by_index(self) -> AbstractContextManager[None]:
        """Have the indexes asked rather than the rows, for the queries within."""
        return current_index().by_index()

    def found(self, score_field: str | None = None) -> QuerySet[Any]:
        """Return the objects that are found, the best first or in the order of the list."""
        found: QuerySet[Any] = self.queryset
        if isinstance(self.query, MatchAll):
            return found
        found = found.filter(self._fulfils(self.query, "folded_anywhere"))
        score = score_field or _SCORE
        if score_field or self.order_by_relevance:
            found = found.annotate(**{score: self._score()})
        if self.order_by_relevance:
            return found.order_by(F(score).desc(), "-pk")
        # So that each page of a list goes on where the one before it ended.
        return found if found.query.order_by else found.order_by("-pk")

    def _score(self) -> Case:
        """Rank of an object: by its tier, and in that the fewer words the better."""
        return Case(
            *(
                When(
                    self._fulfils(self.query, level),
                    then=Value(tier * _A_TIER) - Coalesce(self._matches.length(counted), 0),
                )
                for level, tier, counted in _TIERS
            ),
            default=Value(0),
            output_field=IntegerField(),
        )

    def _fulfils(self, query: Any, level: Level) -> Q:
        """The condition for what a query asks for, matched as closely as a level says."""
        if isinstance(query, And | Or):
            parts = [self._fulfils(part, level) for part in query.subqueries]
            return reduce(and_ if isinstance(query, And) else or_, parts)
        if isinstance(query, Not):
            return ~self._fulfils(query.subquery, "folded_anywhere")
        if isinstance(query, Boost):
            return self._fulfils(query.subquery, level)
        if isinstance(query, MatchAll):
            return ~Q(pk__in=())
        wanted = _wanted(query)
        if not wanted.terms:
            return Q(pk__in=())
        if self._in_title_alone:
            level = _OF_TITLES.get(level, level)
        return self._matches.having(wanted, level)


class AutocompleteCompiler(SearchCompiler):
    """A search by what is looked at while somebody types."""

    is_autocomplete = True


def _wanted(query: Any) -> Wanted:
    if not isinstance(query, PlainText | Phrase):
        raise NotImplementedError(f"This search knows no {type(query).__name__}.")
    text = query.query_string[:LONGEST_QUERY]
    if isinstance(query, Phrase):
        text = f'"{text[: LONGEST_QUERY - 2].replace(chr(34), " ")}"'
    terms = parse_query(text, SOURCE_LANGUAGE_CODE)
    asked_for = getattr(query, "operator", "and").lower()
    operator: Operator = "or" if asked_for == "or" else "and"
    return Wanted(terms, stems_of(terms, STEMMED_LANGUAGES), operator)
