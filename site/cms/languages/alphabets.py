"""Alphabets: where each language leaves the default order of Unicode.

Named by the registry's ``collation``. The facts are those of CLDR 42, by which ICU 72 sorts, so
that a list here and one in a database with ICU agree; ``tests/cms/languages`` holds them
together. English and the root order leave it nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of their own, in their order, right before ``before``: after all that precedes it.

    Attributes:
        letters: each with its variants behind it, which differ from it as accents do. Small
            letters; capitals follow their small letters by themselves.
    """

    before: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variants:
    """Letters that count as the letter ``of`` and differ from it as an accent does."""

    of: str
    variants: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """A letter that counts as what ``like`` spells and differs from it as a capital does."""

    letter: str
    like: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """An alphabet's differences from the default order.

    Attributes:
        rules: what is placed elsewhere; words in them are separated by spaces.
        first_script: the first and the last letter of a script that goes before all others.
        same: characters that are written in two ways, and how they are read here.
    """

    rules: tuple[Letters | Variants | Spelling, ...] = ()
    first_script: tuple[str, str] | None = None
    same: Mapping[str, str] | None = None


# The first character behind all Latin letters: what stands right before it stands after z.
_AFTER_Z: Final = "ǀ"

ALPHABETS: Final[Mapping[str, Alphabet]] = {
    "root": Alphabet(),
    "en": Alphabet(),
    "sv": Alphabet(
        rules=(
            Variants("d", "đ ð"),
            Spelling("þ", "th"),
            Variants("y", "ü ű"),
            Letters(_AFTER_Z, ("å", "ä æ ę", "ö ø ő œ ô")),
        )
    ),
    "fi": Alphabet(
        rules=(
            # As the letter with a stroke through it, which the default order has not for all.
            Variants("d\u0335", "đ"),
            Variants("g\u0335", "ǥ"),
            Variants("n\u0335", "ŋ"),
            Variants("t\u0335", "ŧ"),
            Variants("y", "ü"),
            Variants("z\u0335", "ʒ"),
            Letters(_AFTER_Z, ("å", "ä æ", "ö ø")),
        )
    ),
    "se": Alphabet(
        rules=(
            Letters("b", ("á",)),
            Letters("d", ("č", "ʒ", "ǯ")),
            Letters("e", ("đ ð",)),
            Letters("h", ("ǧ", "ǥ")),
            Letters("l", ("ǩ",)),
            Letters("o", ("ŋ ń ñ",)),
            Letters("t", ("š",)),
            Letters("u", ("ŧ þ",)),
            Variants("y", "ü ű"),
            Letters(_AFTER_Z, ("ž", "ø œ", "æ", "å ȧ", "ä ã", "ö ő õ ô ǫ")),
        )
    ),
    "yi": Alphabet(
        first_script=("א", "ת"),
        rules=(
            Letters("ג", ("ב\u05bf",)),
            Variants("ו", "ו\u05bc וו וי"),
            Variants("י", "י\u05b4 יי יי\u05b7"),
            Letters("כ", ("כ\u05bc",)),
            Letters("פ", ("פ\u05bc",)),
            Spelling("ף", "פ\u05bf"),
            Letters("ת", ("ש\u05c2", "ת\u05bc")),
        ),
        # The digraphs are one key on some keyboards and two on others, and geresh and gershayim are
        # often typed as what looks like them.
        same={"װ": "וו", "ױ": "וי", "ײ": "יי", "׳": "'", "״": '"'},
    ),
}
