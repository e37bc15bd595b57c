"""Digests of texts: two texts are equal when their digests are.

Normal form, white space, case and markup are folded, so that a sentence that a program has wrapped
anew, or in which somebody made a word bold, is still the same sentence.
"""

import re
import unicodedata
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from cms.translation.fragments import plain_text
from cms.translation.texts.extraction import plain_string

LENGTH: Final = 12
"""Characters of a digest. Of 2**72, so that two texts of a site never share one by chance."""


_OF_ANY_LANGUAGE: Final = "."
"""Begins the digest of a text that is the same in every language; none of another text does."""

_ADDRESS: Final = re.compile(r"(?:mailto:|tel:)?\S+@\S+\.\S+|(?:https?://|www\.)\S+")
"""Of a person's mail, or of a page."""


@lru_cache(maxsize=16_384)
def digest_of_text(fragment: str) -> str:
    """The digest of a string as wagtail-localize stores it; empty for an empty one."""
    folded = fold(fragment)
    if not folded:
        return ""
    raw = blake2b(folded.encode("utf-8", "replace"), digest_size=LENGTH * 6 // 8).digest()
    digest = urlsafe_b64encode(raw).decode("ascii")
    has_language = any(map(str.isalpha, folded)) and not _ADDRESS.fullmatch(folded)
    return digest if has_language else f"{_OF_ANY_LANGUAGE}{digest[1:]}"


def is_of_any_language(digest: str) -> bool:
    """Tells whether a text is the same in every language: a number, an address on the Internet."""
    return not digest or digest.startswith(_OF_ANY_LANGUAGE)


def says_the_same(fragment: str, other: str) -> bool:
    """Tells whether two strings are the same text, one that has letters."""
    digest = digest_of_text(fragment)
    return not is_of_any_language(digest) and digest == digest_of_text(other)


def plain_digest(text: str) -> str:
    """The digest of a plain text."""
    return digest_of_text(plain_string(text))


def fold(fragment: str) -> str:
    """The text of a string as two are compared: without markup, case and invisible characters."""
    text = unicodedata.normalize("NFKC", plain_text(fragment))
    if not text.isascii():
        text = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(text.casefold().split())
