"""Words as people type them: without the marks that their keyboard lacks."""

import unicodedata
from typing import Final

from cms.languages.registry import get_language

NEAREST_LETTERS: Final = {
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "ŧ": "t",
    "ǥ": "g",
    "ʒ": "z",
    "þ": "th",
    "œ": "oe",
}
"""Letters that have no decomposition, and the letter or two that stand for them."""

_LETTERS: Final = str.maketrans(
    NEAREST_LETTERS
    | {
        # Written with another letter across the border.
        "ø": "ö",
        "æ": "ä",
        # One key on some Yiddish keyboards, two on others.
        "װ": "וו",
        "ױ": "וי",
        "ײ": "יי",
    }
)

_LETTERS_OF_THEIR_OWN: Final = {"a\u030a": "å", "a\u0308": "ä", "o\u0308": "ö"}
# Characters that show nothing: where a word may be broken, how it joins, where text turns.
_INVISIBLE: Final = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])


def fold(text: str, code: str) -> str:
    """Return what ``text`` is found by, when it is typed in the language ``code``.

    Capitals become small, á č đ ŋ š ŧ ž ï ń become a c d n s t z i n, and other marks go as well,
    however they were typed. **å ä ö stay letters of their own, in every language**; ø counts as ö
    and æ as ä. In Yiddish the points go and the letters stay, and a digraph is its two letters.
    This is ICU's ``fi`` at primary strength, but for ü, which is u here rather than y.

    So ``cahci`` finds *čáhci*, and ``alvsbyn`` does not find *Älvsbyn*: to a reader of Swedish,
    Finnish or a Sámi language, å is no more an a than i is, and who writes these languages has the
    keys; á č đ ŋ š ŧ are the letters that a Swedish or Finnish keyboard lacks. A list in a language
    without å ä ö of its own holds documents of its fallbacks, too, and one word must find both:
    hence no language is an exception.

    Folding what has been folded changes nothing.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    get_language(code)
    return _fold(text)


def visible(text: str) -> str:
    """Return ``text`` in NFC and without the characters that show nothing, like soft hyphens."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = visible(text).casefold()
    # After the first decomposition, so that ǿ and ǽ are seen as ø and æ with a mark on them.
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    folded: list[str] = []
    for character in unicodedata.normalize("NFD", decomposed):
        # Vowel signs of other scripts stand beside their letter and are no marks on it.
        if not unicodedata.combining(character):
            folded.append(character)
        elif folded and folded[-1] + character in _LETTERS_OF_THEIR_OWN:
            folded[-1] = _LETTERS_OF_THEIR_OWN[folded[-1] + character]
    return "".join(folded)
