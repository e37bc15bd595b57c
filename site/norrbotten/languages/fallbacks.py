"""Which language stands in for which: the setting, its checks and the order that follows from it.

Written ``fit=fi,sv;smj=se,sv`` in the environment variable ``LANGUAGE_FALLBACKS``. A language that
is not named keeps the fallbacks of its registry entry; ``smj=`` gives it none.
"""

from collections.abc import Mapping

from norrbotten.languages.registry import LANGUAGES, UnknownLanguage, get_language

Fallbacks = Mapping[str, tuple[str, ...]]


class InvalidFallbacks(ValueError):
    """The fallbacks as set cannot work: an unknown language, a wrong form, or a circle."""


def parse_fallbacks(text: str) -> dict[str, tuple[str, ...]]:
    """Return the fallbacks of every registered language, as ``text`` sets them or by default.

    Args:
        text: ``code=code,code;code=code``; empty for the registry's defaults.

    Raises:
        InvalidFallbacks: the text has another form, names an unknown language, or makes a circle.
    """
    fallbacks = {code: language.fallbacks for code, language in LANGUAGES.items()}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        code, equals_sign, listed = entry.partition("=")
        if not equals_sign:
            raise InvalidFallbacks(
                f"LANGUAGE_FALLBACKS has {entry!r} where code=code,code is expected, "
                "as in fit=fi,sv;smj=se,sv."
            )
        fallbacks[code.strip()] = tuple(filter(None, (part.strip() for part in listed.split(","))))
    validate_fallbacks(fallbacks)
    return fallbacks


def validate_fallbacks(fallbacks: Fallbacks) -> None:
    """Make sure that every code is registered and that no language falls back on itself.

    Raises:
        InvalidFallbacks: names the language at fault and what to change.
    """
    for code, listed in fallbacks.items():
        for named in (code, *listed):
            try:
                get_language(named)
            except UnknownLanguage as error:
                raise InvalidFallbacks(f"LANGUAGE_FALLBACKS, entry of {code!r}: {error}") from error
    for code in fallbacks:
        _refuse_circle(code, fallbacks, path=())


def _refuse_circle(code: str, fallbacks: Fallbacks, path: tuple[str, ...]) -> None:
    if code in path:
        circle = " → ".join((*path[path.index(code) :], code))
        raise InvalidFallbacks(
            f"LANGUAGE_FALLBACKS goes in a circle: {circle}. Take one of these steps out."
        )
    for fallback in fallbacks.get(code, ()):
        _refuse_circle(fallback, fallbacks, (*path, code))


def chain(code: str, fallbacks: Fallbacks) -> tuple[str, ...]:
    """Return the languages to try after ``code``: its own fallbacks in order, then theirs."""
    found = list(dict.fromkeys(fallbacks.get(code, ())))
    # The list grows while it is walked: what is found last is asked for its own fallbacks too.
    for fallback in found:
        for further in fallbacks.get(fallback, ()):
            if further not in found:
                found.append(further)
    return tuple(found)
