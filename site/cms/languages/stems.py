"""Stems: what the forms of a word share, by which a search finds one by another.

Swedish, English, Finnish and Yiddish have a stemmer of Snowball's, and Meänkieli takes that of
Finnish. The Sámi languages and Romani have none: another language's clips their words.
"""

from functools import cache, lru_cache
from threading import Lock

import snowballstemmer

from cms.languages.registry import LANGUAGES, get_language

STEMMED_LANGUAGES = tuple(code for code, language in LANGUAGES.items() if language.stemmer)
"""Codes of the languages that have a stemmer."""

# A stemmer keeps the word that it works on.
_AT_WORK = Lock()


def stem(folded: str, code: str) -> str:
    """Return the stem of a folded word in a language; empty where there is none.

    There is none in a language without a stemmer, nor of what is no word of letters.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    name = get_language(code).stemmer
    return _stem(folded, name) if name and folded.isalpha() else ""


# Most words of a text are in the one before it.
@lru_cache(maxsize=65_536)
def _stem(folded: str, name: str) -> str:
    with _AT_WORK:
        return str(_stemmer(name).stemWord(folded))


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)
