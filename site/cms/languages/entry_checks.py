"""Checks of the registry's entries: each value is one that the program can work with."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from gettext import c2py
from typing import Final, get_args

from django.core.checks import Error
from snowballstemmer import algorithms

from cms.languages.alphabets import ALPHABETS
from cms.languages.registry import DecimalSign, Language, TextDirection

_REGISTRY: Final = "cms/languages/registry.py"
# Small letters: so it stands in addresses, which are compared as they are.
_CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_ISO_639_3: Final = re.compile(r"[a-z]{3}|[A-Z]{3}")
_PLURAL_FORMS: Final = re.compile(r"nplurals=([1-6]); plural=([^;]+);")
_COUNTED: Final = range(1001)

# Of each field that tells languages apart, the identifier of its error.
_OWN: Final = {"code": "E008", "english_name": "E009", "iso_639_3": "E010"}
_NAMES: Final = ("name", "english_name", "swedish_name")


def described(language: Language) -> str:
    """Return what messages call a language: ``Lule Sámi (smj)``."""
    return f"{language.english_name} ({language.code})"


def errors_between(languages: Sequence[Language]) -> Iterator[Error]:
    """Report each value that two languages have and that should tell them apart."""
    for field, identifier in _OWN.items():
        counted = Counter(getattr(language, field).lower() for language in languages)
        for value in (value for value, times in counted.items() if value and times > 1):
            alike = [
                described(language)
                for language in languages
                if getattr(language, field).lower() == value
            ]
            yield Error(
                f"{' and '.join(alike)} have the same {field}, {value!r}.",
                hint=f"Give each its own in {_REGISTRY}.",
                id=f"languages.{identifier}",
            )
    codes = {language.code for language in languages}
    for language in languages:
        if language.related and language.related not in codes - {language.code}:
            yield Error(
                f"{described(language)} has the related language {language.related!r}, which is "
                "no other language of the registry.",
                hint=f"Name one that its translators read, or leave it empty, in {_REGISTRY}.",
                id="languages.E021",
            )


def errors_in_entry(language: Language) -> Iterator[Error]:
    """Report each value of an entry that cannot be used, with the remedy."""
    for identifier, field, problem, remedy in _problems(language):
        yield Error(
            f"{described(language)} has the {field} {getattr(language, field)!r}, {problem}.",
            hint=f"{remedy}, in {_REGISTRY}.",
            id=f"languages.{identifier}",
        )


def _problems(language: Language) -> Iterator[tuple[str, str, str, str]]:
    """Yield of each problem: identifier, field, the problem, the remedy."""
    if not _CODE.fullmatch(language.code):
        problem = "which is no BCP 47 code in small letters"
        yield "E011", "code", problem, "Write it as smj or pt-br are"
    if language.collation not in ALPHABETS:
        problem = "which has no alphabet: nothing in the language can be sorted or published"
        known = ", ".join(ALPHABETS)
        remedy = f"Take one of {known}, or add its alphabet to cms/languages/alphabets.py"
        yield "E012", "collation", problem, remedy
    if language.direction not in get_args(TextDirection):
        known = " or ".join(get_args(TextDirection))
        yield "E013", "direction", "which is none", f"Take {known}"
    if not _ISO_639_3.fullmatch(language.iso_639_3):
        problem = "which is no code of three letters: data portals cannot tell the language"
        yield "E014", "iso_639_3", problem, "Look it up at iso639-3.sil.org and write it"
    if not _is_plural_rule(language.plural_forms):
        problem = "which is no rule of gettext's, or does not use each of its forms"
        remedy = "Write one as 'nplurals=2; plural=(n != 1);' is"
        yield "E015", "plural_forms", problem, remedy
    if language.stemmer and language.stemmer not in algorithms():
        problem = "which Snowball has not: nothing in the language can be published"
        remedy = f"Take one of {', '.join(algorithms())}, or leave it empty"
        yield "E016", "stemmer", problem, remedy
    if language.decimal_sign not in get_args(DecimalSign):
        yield "E020", "decimal_sign", "which is none", f"Take {' or '.join(get_args(DecimalSign))}"
    if language.is_source and language.fallbacks:
        problem = "though everything is written in it first"
        yield "E017", "fallbacks", problem, "Leave them empty"
    if not language.is_source and not language.fallbacks:
        problem = "so that nothing is shown where it has no text"
        yield "E017", "fallbacks", problem, "Name at least the source language"
    for field in _NAMES:
        if not getattr(language, field).strip():
            yield "E018", field, "which names nothing", "Write it"


def _is_plural_rule(rule: str) -> bool:
    """Return whether a rule gives each number one of its forms, and uses all of them."""
    found = _PLURAL_FORMS.fullmatch(rule)
    if found is None:
        return False
    try:
        form_of = c2py(found[2])
        forms = {form_of(number) for number in _COUNTED}
    except (ValueError, ZeroDivisionError):
        return False
    return forms == set(range(int(found[1])))
