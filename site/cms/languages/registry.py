"""The languages of the site: the only place that knows them.

Settings, Wagtail's locales, the API, the admin and the catalogues all read this registry. Another
language is one entry here and one catalogue under ``locale/``. Nothing is imported from Django when
this module is, because the settings read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

TextDirection = Literal["ltr", "rtl"]
DecimalSign = Literal[",", "."]

# CLDR's plural categories as gettext writes them.
_ONE_AND_OTHER: Final = "nplurals=2; plural=(n != 1);"
_ONE_TWO_AND_OTHER: Final = "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);"
_OTHER_ALONE: Final = "nplurals=1; plural=0;"


class UnknownLanguage(LookupError):
    """A language was asked for that is not in the registry."""

    def __init__(self, code: str) -> None:
        self.code = code
        known = ", ".join(LANGUAGES)
        super().__init__(f"Unknown language {code!r}. The registered languages are: {known}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language and how it behaves.

    Attributes:
        code: BCP 47 code; goes as it is into URLs, ``lang`` attributes and file names.
        name: the language's name in itself.
        english_name: its name in English; also the message id under which catalogues translate it.
        swedish_name: its name in Swedish.
        direction: the direction in which its script is written.
        fallbacks: codes of the languages to offer instead, best first, unless the setting
            ``LANGUAGE_FALLBACKS`` says otherwise; empty for the source language.
        related: code of a language that its translators read easily, shown beside the source while
            they translate; empty for none.
        collation: ICU locale whose order sorts its words. Several languages have none of their own
            and borrow one, since asking a database for theirs silently gives the root order.
        stemmer: Snowball's algorithm by which a search finds other forms of a word; empty where
            there is none for the language, and one made for another would clip words.
        decimal_sign: what stands before decimals; the other of ``.`` and ``,`` may part thousands.
        plural_forms: gettext's ``Plural-Forms`` header, after CLDR's plural rules.
        iso_639_3: three letters that stand for it in ISO 639-3; in capitals they are the European
            Union's own code, by which open data is described.
        national_minority: whether Sweden's act 2009:724 names it a national minority language.
    """

    code: str
    name: str
    english_name: str
    swedish_name: str
    direction: TextDirection = "ltr"
    fallbacks: tuple[str, ...] = ("sv",)
    related: str = ""
    collation: str
    iso_639_3: str
    stemmer: str = ""
    decimal_sign: DecimalSign = ","
    plural_forms: str = _ONE_AND_OTHER
    national_minority: bool = True

    @property
    def is_source(self) -> bool:
        """Tells whether content is written in this language first and translated from it."""
        return self.code == SOURCE_LANGUAGE_CODE

    @property
    def is_right_to_left(self) -> bool:
        """Tells whether its script is written from right to left."""
        return self.direction == "rtl"


NO_LANGUAGE: Final = ""
"""Stands in the place of a code where something has no language, such as a redirect."""

SOURCE_LANGUAGE_CODE: Final = "sv"

ENTRIES: Final = (
    Language(
        code="sv",
        name="svenska",
        english_name="Swedish",
        swedish_name="svenska",
        fallbacks=(),
        collation="sv",
        iso_639_3="swe",
        stemmer="swedish",
        national_minority=False,
    ),
    Language(
        code="en",
        name="English",
        english_name="English",
        swedish_name="engelska",
        collation="en",
        iso_639_3="eng",
        stemmer="english",
        decimal_sign=".",
        national_minority=False,
    ),
    Language(
        code="fi",
        name="suomi",
        english_name="Finnish",
        swedish_name="finska",
        collation="fi",
        iso_639_3="fin",
        stemmer="finnish",
    ),
    Language(
        code="fit",
        name="meänkieli",
        english_name="Meänkieli",
        swedish_name="meänkieli",
        fallbacks=("fi", "sv"),
        related="fi",
        collation="fi",
        iso_639_3="fit",
        stemmer="finnish",
        plural_forms=_OTHER_ALONE,
    ),
    Language(
        code="se",
        name="davvisámegiella",
        english_name="Northern Sámi",
        swedish_name="nordsamiska",
        collation="se",
        iso_639_3="sme",
        plural_forms=_ONE_TWO_AND_OTHER,
    ),
    Language(
        code="smj",
        name="julevsámegiella",
        english_name="Lule Sámi",
        swedish_name="lulesamiska",
        related="se",
        collation="se",
        iso_639_3="smj",
        plural_forms=_ONE_TWO_AND_OTHER,
    ),
    Language(
        code="sma",
        name="åarjelsaemien gïele",
        english_name="Southern Sámi",
        swedish_name="sydsamiska",
        related="se",
        collation="sv",
        iso_639_3="sma",
        plural_forms=_ONE_TWO_AND_OTHER,
    ),
    Language(
        code="yi",
        name="ייִדיש",
        english_name="Yiddish",
        swedish_name="jiddisch",
        direction="rtl",
        collation="yi",
        iso_639_3="yid",
        stemmer="yiddish",
        decimal_sign=".",
    ),
    Language(
        code="rom",
        name="romani čhib",
        english_name="Romani",
        swedish_name="romska",
        collation="root",
        iso_639_3="rom",
        plural_forms=_OTHER_ALONE,
    ),
)

LANGUAGES: Final[Mapping[str, Language]] = {language.code: language for language in ENTRIES}


def get_language(code: str) -> Language:
    """Return the registered language with this code.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    try:
        return LANGUAGES[code]
    except KeyError:
        raise UnknownLanguage(code) from None


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


def fallback_chain(code: str) -> tuple[str, ...]:
    """Return the codes of the languages to offer where ``code`` has no text, best first.

    The language's own fallbacks come first, then theirs; itself is never among them. The source
    language has none: the chain is empty.

    Raises:
        UnknownLanguage: no language is registered under ``code``.
    """
    # The settings read this module, so it can ask for them only once they are there.
    from django.conf import settings

    return chain(get_language(code).code, settings.LANGUAGE_FALLBACKS)
