"""The languages in which somebody can read a page, and the sentence where it is in another one."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import polib
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from cms.languages.catalogues.files import compiled_path
from cms.languages.names import translated_name
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.reader.site_tree import TreePage

_HAS_PAGES: Final = """
    SELECT 1 FROM delivery_entry WHERE locale = %s AND is_own AND document_id IN (
        SELECT id FROM delivery_publisheddocument WHERE page_id IS NOT NULL
    ) LIMIT 1
"""


class LanguageChoice(NamedTuple):
    """A language in which the site can be read.

    Attributes:
        path: of the page in it, or of the one that stands in for it.
        is_translated: whether the page is there in this language.
        is_current: whether the site is read in it now.
    """

    code: str
    name: str
    path: str
    is_translated: bool
    is_current: bool


def languages_with_pages() -> list[str]:
    """Codes of the languages into which anything is translated, the source first."""
    found = []
    with connection.cursor() as cursor:
        for code in LANGUAGES:
            cursor.execute(_HAS_PAGES, [code])
            if cursor.fetchone():
                found.append(code)
    return found


def language_choices(
    document: Mapping[str, Any], page: TreePage | None, locale: str, codes: list[str]
) -> list[LanguageChoice]:
    """The languages of the site for a page: first those in which it is, then the others.

    Args:
        codes: of the languages into which anything is translated.
    """
    paths = {one["locale"]: one["path"] for one in document["translations"]}
    own = paths.get(SOURCE_LANGUAGE_CODE) or document["path"] or ""
    choices = [
        LanguageChoice(code, LANGUAGES[code].name, path, True, code == locale)
        for code, path in paths.items()
        if code in LANGUAGES
    ]
    if page is None:
        # Nothing is published that could stand in.
        return choices
    # Whatever its slugs are, an address is understood by those of the source.
    behind = own.strip("/").partition("/")[2]
    for code in codes:
        if code not in paths:
            path = page.address if code == locale else f"/{code}/{behind}{'/' if behind else ''}"
            choices.append(LanguageChoice(code, LANGUAGES[code].name, path, False, code == locale))
    return choices


class Sentence(NamedTuple):
    """A sentence with the language that it is in."""

    text: str
    language: str


NOT_YET: Final = gettext_noop("This text is not yet in %(language)s. You read it in %(shown)s.")


def fallback_notice(locale: str, shown: str) -> list[Sentence]:
    """The sentences which say that a page is shown in another language than it was asked for in.

    In the language that was asked for where its catalogue has them; always in Swedish; in English
    too where the first is missing.

    Args:
        locale: code of the language that was asked for.
        shown: code of the one that the page is in.
    """
    codes = [locale] if _has(locale) else []
    codes += [SOURCE_LANGUAGE_CODE] if codes else [SOURCE_LANGUAGE_CODE, "en"]
    return [_sentence(code, locale, shown) for code in dict.fromkeys(codes)]


def _sentence(code: str, locale: str, shown: str) -> Sentence:
    with translation.override(code):
        names = {"language": translated_name(locale), "shown": translated_name(shown)}
        return Sentence(gettext(NOT_YET) % names, code)


@cache
def _has(code: str) -> bool:
    """Tells whether the compiled catalogue of a language has the sentence and all names."""
    path = compiled_path(code)
    if not path.is_file():
        return False
    there = {entry.msgid for entry in polib.mofile(str(path)).translated_entries()}
    names = {language.english_name for language in LANGUAGES.values()}
    return {str(NOT_YET), *names} <= there
