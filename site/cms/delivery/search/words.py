"""Words in texts and in queries, on every database.

The databases' own parsers disagree: one takes ``2030-2040`` for a negative number, another ends a
word at a Yiddish point or a soft hyphen. They are only given words that were found here.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from cms.languages.folding import fold, visible
from cms.languages.registry import get_language

LONGEST_WORD: Final = 100
"""Characters of a word that count; what is longer is no word that anybody types."""


class Form(NamedTuple):
    """A word as it is looked for.

    Attributes:
        exact: in small letters.
        folded: as it is found without marks; see :mod:`cms.languages.folding`.
    """

    exact: str
    folded: str


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start: where it begins in the text.
        end: where it has ended.
        exact: in small letters.
        folded: as it is found without marks; see :mod:`cms.languages.folding`.
        parts: what it is found by as well: the pieces that soft hyphens make of it, or spaces of a
            number, and up to four of them together.
    """

    start: int
    end: int
    exact: str
    folded: str
    parts: tuple[Form, ...] = ()

    @property
    def forms(self) -> tuple[Form, ...]:
        """All that it is found by."""
        return (Form(self.exact, self.folded), *self.parts)


def words_of(text: str, code: str) -> Iterator[Word]:
    """Yield the words of ``text`` in the language ``code``, in their order.

    A number whose digits are parted by spaces, 248 000, is one word; so is one that is parted by
    the sign that the language does not write decimals with.
    """
    for match in _WORDS[get_language(code).decimal_sign].finditer(text):
        (exact, folded), parts = _forms(match[0], code)
        yield Word(*match.span(), exact, folded, parts)


# Most words of a text are in the one before it.
@lru_cache(maxsize=65_536)
def _forms(written: str, code: str) -> tuple[Form, tuple[Form, ...]]:
    """The word as it is looked for, and its parts."""
    pieces = _BETWEEN_DIGITS.split(written)
    if len(pieces) > 1:
        written = "".join(pieces)
    else:
        pieces = _SOFT_HYPHENS.split(written[: 2 * LONGEST_WORD])
    runs = dict.fromkeys(
        "".join(pieces[start:end])
        for start in range(len(pieces))
        for end in range(start + 1, min(start + _PIECES_TOGETHER, len(pieces)) + 1)
        if end - start < len(pieces)
    )
    return _form(written, code), tuple(_form(run, code) for run in runs)


def _form(written: str, code: str) -> Form:
    written = written[:LONGEST_WORD]
    if written.isascii():
        return Form(written.lower(), written.lower())
    exact = unicodedata.normalize("NFC", visible(written).casefold())
    return Form(exact, fold(written, code))


def _ranges(codes: list[int]) -> str:
    """The code points as the inside of a character class."""
    runs = groupby(enumerate(codes), key=lambda item: item[1] - item[0])
    ends = [[code for _, code in run] for _, run in runs]
    return "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in ends)


# Letters and digits, with the marks on them and what shows nothing between them.
_MARKS: Final = [code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code))[0] == "M"]
_INSIDE: Final = _ranges(_MARKS) + "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_WORD: Final = rf"[^\W_](?:[^\W_]|[{_INSIDE}])*"
# Beside the common ones the figure space, the thin one and the narrow one that does not break.
_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_BETWEEN_DIGITS: Final = re.compile(f"[{_SPACES},.]")
_SOFT_HYPHENS: Final = re.compile(r"\u00ad+(?=[^\W_])")
_PIECES_TOGETHER: Final = 4
"""Pieces that are looked for as one: a word can be hyphenated at each syllable, and two numbers can
stand side by side."""


def _words(separator: str) -> re.Pattern[str]:
    """Pattern of words, and of numbers whose digits are parted by spaces or by the separator."""
    groups = "|".join(rf"(?:{sign}[0-9]{{3}}){{1,5}}" for sign in (f"[{_SPACES}]", separator))
    return re.compile(rf"(?<!\w)[1-9][0-9]{{0,2}}(?:{groups})(?![\w{_INSIDE}])|{_WORD}")


_WORDS: Final = {",": _words(r"\."), ".": _words(",")}
"""By the sign that is written before decimals, what finds words."""
