"""Conditions by which a database answers a query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cms.delivery.search.query import Term
from cms.languages.stems import stem

Stems = Mapping[str, frozenset[str]]
"""For each folded word of a query, the stems that are looked for as well."""

Terms = tuple[Term, ...]

Operator = Literal["and", "or"]


def stems_of(terms: Terms, languages: Iterable[str]) -> Stems:
    """Return the stems of the single words in each of the languages."""
    languages = tuple(languages)
    return {
        term.folded[0]: frozenset(filter(None, (stem(term.folded[0], code) for code in languages)))
        for term in terms
        if not term.is_phrase
    }


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that rows of an index fulfil.

    Attributes:
        sql: a part of a ``WHERE`` clause about the table that is called ``indexed`` there.
        ids: a query for the ids of all of them, which a database asks once, not for each row.
        parameter: the one that either of them has.
    """

    sql: str
    ids: str
    parameter: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions for what has the terms, from the closest match to the widest.

    Whoever is found with its marks is found without them, and in the title, anywhere.

    Attributes:
        in_title: each of them in the title, as typed.
        anywhere: each of them in title or text, as typed.
        folded_in_title: each of them in the title, without its marks or as another form of it.
        folded_anywhere: the same in title or text; what is found at all.
    """

    in_title: Condition
    anywhere: Condition
    folded_in_title: Condition
    folded_anywhere: Condition


@dataclass(frozen=True, slots=True)
class Tier:
    """The documents that match equally well.

    Attributes:
        score: the higher, the better they match.
        condition: what they fulfil.
        better: what puts a document into a tier above.
        is_about_title: whether the title's words are counted, among equals, or all.
    """

    score: int
    condition: Condition
    better: tuple[Condition, ...]
    is_about_title: bool


def tiers(conditions: Conditions) -> tuple[Tier, ...]:
    """Return the tiers, the best first; no document is in two of them."""
    in_title, anywhere = conditions.in_title, conditions.anywhere
    folded_in_title, folded = conditions.folded_in_title, conditions.folded_anywhere
    return (
        Tier(4, in_title, (), is_about_title=True),
        Tier(3, anywhere, (in_title,), is_about_title=False),
        Tier(2, folded_in_title, (anywhere,), is_about_title=True),
        Tier(1, folded, (anywhere, folded_in_title), is_about_title=False),
    )
