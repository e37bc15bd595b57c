"""The reader's own words, in a language in which there are all of them.

Where a catalogue has no translation, gettext answers in another language without saying which, and
a screen reader would speak that text with the wrong voice. So our own words come whole from one
language, and say which.
"""

from functools import cache
from typing import Any

import polib
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from cms.content.reader.marking import mark
from cms.languages.catalogues.files import compiled_path
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE, fallback_chain


def interface_language(code: str) -> str:
    """The language of our own words on a page in ``code``: itself, or the best of its fallbacks."""
    wanted = (code, *fallback_chain(code)) if code in LANGUAGES else ()
    return next(filter(has_all_words, wanted), SOURCE_LANGUAGE_CODE)


def interface_string(text: Any, document_language: str, *, capital: bool = False) -> SafeString:
    """Words of ours as HTML, marked where they are not in the document's language.

    Args:
        text: a string still to be translated (``gettext_lazy``).
        document_language: the language of what surrounds them.
        capital: whether they start with a capital.
    """
    language = interface_language(document_language)
    with translation.override(language):
        translated = conditional_escape(str(text))
    if capital:
        translated = SafeString(translated[:1].upper() + translated[1:])
    return mark(translated, language, document_language)


def plain_interface_string(text: Any, document_language: str) -> str:
    """The same without a mark and not escaped, for where no element can stand."""
    with translation.override(interface_language(document_language)):
        return str(text)


@cache
def has_all_words(code: str) -> bool:
    """Tells whether the compiled catalogue of a language has every message of the source's."""
    return _messages(SOURCE_LANGUAGE_CODE) <= _messages(code)


def _messages(code: str) -> set[tuple[str, str]]:
    path = compiled_path(code)
    if not path.is_file():
        return set()
    return {
        (entry.msgctxt or "", entry.msgid) for entry in polib.mofile(str(path)).translated_entries()
    }
