"""A person's search query."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cms.delivery.search.words import Word, words_of

LONGEST_QUERY: Final = 256
"""Characters."""

# As keyboards in the nine languages have them; Swedish and Finnish begin and end with the same one.
_QUOTED: Final = re.compile(r'["“”„«»‟״]([^"“”„«»‟״]*)["“”„«»‟״]')


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several in quotation marks that stand side by side.

    Attributes:
        exact: the words as typed, in small letters.
        folded: the same without their marks.
        is_prefix: whether what begins with the last of the words is meant as well.
    """

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    is_prefix: bool = False

    @property
    def is_phrase(self) -> bool:
        """Tells whether it is more than one word."""
        return len(self.exact) > 1


def parse_query(text: str, code: str) -> tuple[Term, ...]:
    """Return what ``text`` asks for, all of which a document must have.

    The last word also stands for words that begin with it, as people look at results while they
    type. Quotation marks keep words together. Nothing else means anything: every other character
    that is neither a letter nor a digit separates words.

    Args:
        text: as it was typed.
        code: of the language that is searched in.

    Returns:
        Each term once; none where the text has no words.

    Raises:
        ValueError: the text is longer than ``LONGEST_QUERY``.
        UnknownLanguage: no language is registered under ``code``.
    """
    if len(text) > LONGEST_QUERY:
        raise ValueError(f"A search may have {LONGEST_QUERY} characters and has {len(text)}.")
    terms: list[Term] = []
    end_of_quotation = 0
    for quotation in _QUOTED.finditer(text):
        terms += _single_words(text[end_of_quotation : quotation.start()], code)
        together = list(words_of(quotation[1], code))
        if together:
            terms.append(_term(together))
        end_of_quotation = quotation.end()
    behind = _single_words(text[end_of_quotation:], code)
    if behind:
        behind[-1] = Term(behind[-1].exact, behind[-1].folded, is_prefix=True)
    return tuple(dict.fromkeys([*terms, *behind]))


def _single_words(text: str, code: str) -> list[Term]:
    return [_term([word]) for word in words_of(text, code)]


def _term(words: Sequence[Word]) -> Term:
    return Term(tuple(word.exact for word in words), tuple(word.folded for word in words))
