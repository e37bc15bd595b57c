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

LONGEST_WORD: Final = 100
"""Characters of a word that count; what is longer is no word that anybody types."""


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        start: where it begins in the text.
        end: where it has ended.
        exact: in small letters.
        folded: as it is found without marks; see :mod:`cms.languages.folding`.
    """

    start: int
    end: int
    exact: str
    folded: str


def words_of(text: str, code: str) -> Iterator[Word]:
    """Yield the words of ``text`` in the language ``code``, in their order."""
    for match in _WORD.finditer(text):
        yield Word(*match.span(), *_forms(match[0], code))


# Most words of a text are in the one before it.
@lru_cache(maxsize=65_536)
def _forms(written: str, code: str) -> tuple[str, str]:
    """The word in small letters, and folded."""
    written = written[:LONGEST_WORD]
    if written.isascii():
        return (written.lower(),) * 2
    exact = unicodedata.normalize("NFC", visible(written).casefold())
    return exact, fold(written, code)


def _ranges(codes: list[int]) -> str:
    """The code points as the inside of a character class."""
    runs = groupby(enumerate(codes), key=lambda item: item[1] - item[0])
    ends = [[code for _, code in run] for _, run in runs]
    return "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in ends)


# Letters and digits, with the marks on them and what shows nothing between them.
_MARKS: Final = [code for code in range(0x300, 0xFE30) if unicodedata.category(chr(code))[0] == "M"]
_INSIDE: Final = _ranges(_MARKS) + "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}])*")
