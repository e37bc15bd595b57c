"""Labels of choices, in every language that the admin speaks.

Documents hold the value of a choice, which is the same in all languages. The schema says beside the
field what editors call it, as ``x-labels``; ``choices/`` gathers these for who shows them.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

LABELS: Final = "x-labels"
_MESSAGES: Final = "en"
"""The language in which messages stand in the program."""
_CONTEXT_END: Final = "\x04"


def labelled(choices: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """The part of a schema that labels choices: by value, then by language.

    Args:
        choices: values with what Django calls them, without the empty one.
    """
    return {LABELS: {str(value): _labels(label) for value, label in choices}}


def _labels(label: Any) -> dict[str, str]:
    """A label in each language of the admin that has one; none is made up of another's."""
    with translation.override(None):
        message = str(label)
    found = {}
    for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES:
        if code == _MESSAGES or _is_translated(message, code):
            with translation.override(code):
                found[code] = str(label)
    return found


def _is_translated(message: str, code: str) -> bool:
    """Tells whether the catalogue of a language itself has a message, in whatever context."""
    names = trans_real.translation(code)._catalog.keys()  # type: ignore[attr-defined]  # noqa: SLF001
    return any(name == message or str(name).endswith(f"{_CONTEXT_END}{message}") for name in names)
