"""Sentences of the source that a program left in a text which is translated in part."""

import re
from html import escape
from typing import Final

from cms.translation.fragments import plain_text
from cms.translation.texts.digests import fold

SHORTEST: Final = 4
"""Words of a sentence that is not in two languages by chance, as a name may be."""

_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD: Final = re.compile(r"[\w'’-]+")


def sentence_left(source: str, target: str) -> str:
    """The first whole sentence of the source that a target holds as it is; empty for none.

    A program that translates sentence by sentence writes the source's where nobody has translated
    one, so that half a text arrives as if it were done.
    """
    there = f" {' '.join(_words(target))} "
    for sentence in _END.split(plain_text(source)):
        words = _words(escape(sentence, quote=False))
        if sum(any(map(str.isalpha, word)) for word in words) < SHORTEST:
            continue
        if f" {' '.join(words)} " in there:
            return sentence.strip()
    return ""


def _words(fragment: str) -> list[str]:
    return _WORD.findall(fold(fragment))
