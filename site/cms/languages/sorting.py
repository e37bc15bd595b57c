"""The order of words in each language, alike on every database.

A key is made once, stored beside the title, and compared byte by byte. Neither SQLite nor the
packaged PostgreSQL has the languages' own order, and a database that has ICU sorts Lule Sámi as
root without a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pyuca.collator import Collator_10_0_0

from cms.languages.alphabets import ALPHABETS, Alphabet, Letters, Variants
from cms.languages.registry import get_language

LONGEST_LEVEL: Final = 320
"""Bytes of a key for each of its three levels.

That is about 160 letters, more than a title that anybody reads; PostgreSQL refuses an index entry
of more than 2,700 bytes.
"""

_END_OF_LEVEL: Final = b"\x00"
_PLAIN_ACCENT: Final = 0x20
_PLAIN_CASE: Final = 0x02
_CAPITAL: Final = 0x08
# Above the first byte of whatever can follow a letter, so that a letter put behind another sorts
# after all words that begin with that one.
_BEHIND: Final = 0xFF
_BEHIND_DIGITS: Final = 0xFE

_MARKS: Final = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
# Scripts in which each letter with its marks can be looked up alone: Latin, Greek, Cyrillic,
# Armenian, Hebrew, and signs. Others are handed over a run at a time, as letters there may depend
# on their neighbours.
_SIMPLE: Final = "\u0000-\u02ff\u0370-\u0482\u048a-\u058f\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4"
_FURTHER_SIMPLE: Final = "\u1e00-\u1fff\u2000-\u2bff"


@dataclass(frozen=True, slots=True)
class _Weight:
    """One element of a key: which letter, which accent, which case; empty or 0 where it has none.

    Attributes:
        letter: bytes such that no letter's are the beginning of another's.
    """

    letter: bytes
    accent: int
    case: int


@dataclass(frozen=True, slots=True)
class _Tailoring:
    """An alphabet, ready for use.

    Attributes:
        weights: for each letter that the alphabet places itself, in NFD.
        pieces: what of a text is looked up at once.
    """

    weights: dict[str, tuple[_Weight, ...]]
    pieces: re.Pattern[str]
    same: dict[int, str]


def sort_key(text: str, code: str) -> bytes:
    """Return a key by which ``text`` stands where the language ``code`` has it.

    Keys are compared byte by byte: ``bytea`` and ``BLOB`` do. Letters decide first, then accents,
    then capitals, small letters before them. Spaces and punctuation count and come before digits,
    digits before letters. Texts that look alike, whatever code points they are made of, have the
    same key.

    Args:
        text: a title; of a long one only the beginning counts.
        code: of the language in whose list it stands.

    Returns:
        At most three times ``LONGEST_LEVEL`` bytes and two; about two for each letter.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    collation = get_language(code).collation
    tailoring = _tailoring(collation)
    # More than any level holds; what is behind it need not be looked at.
    text = unicodedata.normalize("NFC", text[: 4 * LONGEST_LEVEL])
    if tailoring.same:
        text = unicodedata.normalize("NFC", _decomposed(text).translate(tailoring.same))
    parts = [_piece_key(collation, piece) for piece in tailoring.pieces.findall(text)]
    letters = b"".join([part[0] for part in parts])
    # Where the letters are the same, so is their number: plain ends say nothing.
    accents = b"".join([part[1] for part in parts]).rstrip(bytes([_PLAIN_ACCENT]))
    cases = b"".join([part[2] for part in parts]).rstrip(bytes([_PLAIN_CASE]))
    return _END_OF_LEVEL.join(level[:LONGEST_LEVEL] for level in (letters, accents, cases))


@lru_cache(maxsize=16_384)
def _piece_key(collation: str, piece: str) -> tuple[bytes, bytes, bytes]:
    """The three levels of one piece of a text."""
    weights = list(_weights(piece, _tailoring(collation).weights))
    script = ALPHABETS[collation].first_script
    if script is not None:
        weights = [_moved_to_the_front(weight, script) for weight in weights]
    return (
        b"".join(weight.letter for weight in weights),
        b"".join(_accent_bytes(weight.accent) for weight in weights if weight.accent),
        bytes(weight.case for weight in weights if weight.case),
    )


def _accent_bytes(accent: int) -> bytes:
    """One byte for those that European letters have, two for the others, in the same order."""
    return bytes([accent]) if accent < 0xF0 else bytes([0xF0 + (accent >> 8), accent & 0xFF])


def _weights(piece: str, tailored: dict[str, tuple[_Weight, ...]]) -> Iterator[_Weight]:
    """The weights of a piece, its tailored letter found behind other marks too.

    As the Unicode Collation Algorithm (UTS 10, S2.1) has it: a mark belongs to the letter unless
    another of the same class stands between them.
    """
    decomposed = _decomposed(piece)
    starter = next(
        (
            decomposed[:length]
            for length in range(len(decomposed), 0, -1)
            if decomposed[:length] in tailored
        ),
        decomposed[:1],
    )
    marks = list(decomposed[len(starter) :])
    last_class = 0
    for mark in list(marks):
        its_class = unicodedata.combining(mark)
        if its_class == 0:
            break
        if its_class != last_class and starter + mark in tailored:
            starter += mark
            marks.remove(mark)
        else:
            last_class = its_class
    if starter in tailored:
        yield from tailored[starter]
        if marks:
            yield from _default_weights("".join(marks))
    else:
        yield from _default_weights(decomposed)


def _default_weights(decomposed: str) -> tuple[_Weight, ...]:
    """The weights of the default order, from the table that pyuca brings."""
    return tuple(
        _Weight(letter.to_bytes(2) if letter else b"", accent, case)
        for letter, accent, case in _collator().collation_elements(decomposed)
    )


@cache
def _collator() -> Collator_10_0_0:
    """The default order; a third of a second to load, so only where something is sorted."""
    return Collator_10_0_0()


@cache
def _tailoring(collation: str) -> _Tailoring:
    alphabet = ALPHABETS[collation]
    weights = _tailored_weights(alphabet)
    together = [
        letters
        for letters in sorted(weights, key=len, reverse=True)
        if sum(unicodedata.combining(character) == 0 for character in letters) > 1
    ]
    # The default order has one letter of two in these scripts: Catalan's l with a middle dot.
    starts = "|".join([*map(re.escape, together), "[Ll]\u00b7", f"[{_SIMPLE}{_FURTHER_SIMPLE}]"])
    pieces = f"(?:{starts})[{_MARKS}]*|[^{_SIMPLE}{_FURTHER_SIMPLE}]+"
    return _Tailoring(weights, re.compile(pieces), str.maketrans(dict(alphabet.same or {})))


def _tailored_weights(alphabet: Alphabet) -> dict[str, tuple[_Weight, ...]]:
    """The weights of what the alphabet places itself, small and capital."""
    found: dict[str, tuple[_Weight, ...]] = {}
    for rule in alphabet.rules:
        if isinstance(rule, Letters):
            place = _just_below(rule.before)
            for number, with_variants in enumerate(rule.letters, start=1):
                letter = place + bytes([_BEHIND, number])
                for accent, variant in enumerate(with_variants.split(), start=_PLAIN_ACCENT):
                    # The capital first, so that the small letter's stands where there is only one.
                    found[_decomposed(variant.upper())] = (_Weight(letter, accent, _CAPITAL),)
                    found[_decomposed(variant)] = (_Weight(letter, accent, _PLAIN_CASE),)
        elif isinstance(rule, Variants):
            for accent, variant in enumerate(rule.variants.split(), start=1):
                found |= _like(variant, rule.of, accent=accent)
        else:
            found |= _like(rule.letter, rule.like, case=1)
    return found


def _like(
    letter: str, like: str, *, accent: int = 0, case: int = 0
) -> dict[str, tuple[_Weight, ...]]:
    """The letter, small and capital, with the weights of another and something added to them."""
    found = {}
    for cased, reference in ((letter, like), (letter.upper(), like.upper())):
        *others, last = _default_weights(_decomposed(reference))
        changed = _Weight(last.letter, last.accent + accent, last.case + case)
        found[_decomposed(cased)] = (*others, changed)
    return found


def _just_below(letter: str) -> bytes:
    """The place right before a letter of the default order."""
    (weight,) = _default_weights(letter)
    return (int.from_bytes(weight.letter) - 1).to_bytes(2)


def _moved_to_the_front(weight: _Weight, script: tuple[str, str]) -> _Weight:
    """The weight with its letter between digits and Latin letters, if it is of that script."""
    first, last = (_default_weights(letter)[0].letter for letter in script)
    # A letter put before the script's second one has the first one's place as its beginning.
    if not first <= weight.letter[:2] <= last:
        return weight
    offset = int.from_bytes(weight.letter[:2]) - int.from_bytes(first)
    place = _just_below("a") + bytes([_BEHIND_DIGITS, 1 + offset])
    return _Weight(place + weight.letter[2:], weight.accent, weight.case)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
