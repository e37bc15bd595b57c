"""Names of languages in the admin."""

from collections.abc import Callable
from typing import cast

from django.utils.functional import lazy
from django.utils.translation import gettext

from cms.languages.registry import get_language


def translated_name(code: str) -> str:
    """Return the language's name in the active language, ``lulesamiska`` in Swedish.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    return gettext(get_language(code).english_name)


def display_name(code: str) -> str:
    """Return the language's name in the active language, with its own name behind it.

    For example ``lulesamiska (julevsámegiella)`` in Swedish; ``svenska`` alone where both agree.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    language = get_language(code)
    translated = translated_name(code)
    if translated.casefold() == language.name.casefold():
        return translated
    return f"{translated} ({language.name})"


lazy_display_name = cast("Callable[[str], str]", lazy(display_name, str))
