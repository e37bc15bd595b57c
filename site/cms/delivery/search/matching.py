"""Conditions by which a database answers a query."""

from collections.abc import Mapping
from dataclasses import dataclass

from cms.delivery.search.query import Term

Stems = Mapping[str, frozenset[str]]
"""For each folded word of a query, the stems that the database looks for as well."""

Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of a ``WHERE`` clause about the table of ``IndexedText``, and its parameter."""

    sql: str
    parameter: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions for a document that has all terms, from the closest match to the widest.

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
