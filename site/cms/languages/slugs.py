"""Slugs: addresses in the letters that every keyboard, mail and log writes alike."""

from collections import defaultdict
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from cms.languages.folding import NEAREST_LETTERS

# Django would drop them.
_LETTERS: Final = str.maketrans(NEAREST_LETTERS | {"ǯ": "z", "ø": "o", "æ": "ae", "ß": "ss"})
LONGEST: Final = 240
"""Characters of a slug; leaves a place for the number that tells it from another."""


def ascii_slug(text: str) -> str:
    """Return ``text`` in a–z, digits and hyphens: ``Öppna möten`` becomes ``oppna-moten``.

    å ä ö become a a o, and á č đ ŋ š ŧ ž a c d n s t z. Empty where no letter has such a
    counterpart, as in Yiddish.
    """
    return slugify(text.lower().translate(_LETTERS))[:LONGEST].strip("-_")


def slug_in_ascii(slug: str) -> str:
    """The sentence that tells how an address is written, with an example made of ``slug``."""
    if example := ascii_slug(slug):
        return _(
            "An address is written with the letters a–z, digits and hyphens, for example: %(slug)s"
        ) % {"slug": example}
    return _("An address is written with the letters a–z, digits and hyphens.")


def letters_of_slugs() -> list[tuple[str, str]]:
    """Pairs of a pattern and what it becomes: ``ascii_slug`` for the browser, letter by letter."""
    letters = defaultdict(str)
    for character in map(chr, range(0x00C0, 0x0250)):
        if character.isalpha() and (counterpart := ascii_slug(character)):
            letters[counterpart] += character
    return [(f"[{characters}]", counterpart) for counterpart, characters in letters.items()]
