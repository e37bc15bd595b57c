"""How a query is put to a database."""

from collections.abc import Mapping
from dataclasses import dataclass

from norrbotten.delivery.search.query import Term

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
    """What a document fulfils that has all terms, from the closest match to the widest.

    Each includes those before it that say less about the same place: whoever is found with its
    marks is found without them, and in the title, anywhere.

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
