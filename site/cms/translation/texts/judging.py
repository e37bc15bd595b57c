"""The language that a text is really in, judged by the text.

A text of a page or fact in a language is in the source's language when it equals the source's text,
now or before, and nobody has said that it is the same on purpose. So it is whatever happened to the
page: a translation was stopped, the page copied, its source deleted. Where nobody has translated
it, a text that equals that of another language is in that one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from cms.common.prepared_query import PreparedQuery
from cms.languages.registry import LANGUAGES
from cms.translation.models import LanguageStatus, LanguageTexts, SameOnPurpose, Status
from cms.translation.texts.digests import digest_of_text, is_of_any_language
from cms.translation.texts.extraction import field_of, plain_string
from cms.translation.texts.packing import Texts, unpacked

PublicStatus = Literal["source", "complete", "partial", "outdated"]
"""Public statuses of something that is live."""

_PUBLIC: Final[dict[str, PublicStatus]] = {
    Status.COMPLETE: "complete",
    Status.OUTDATED: "outdated",
}
_NOTHING: Final = Value("", output_field=TextField())


@dataclass(slots=True)
class VersionTexts:
    """A page or fact in one language, with what the other languages of it say.

    Attributes:
        language: code of the language under whose name it is.
        is_translation: whether a person has translated a text of what is live, or said one to be
            the same. A source is as good as one; what nobody has translated counts as absent.
        texts: what is live, as far as it was asked for.
        source_language: code of the language that it is translated from, its own for a source;
            empty where none is known.
        others: texts of other languages that one of these may be in, the source first.
        status: how far it is translated, where that was counted.
        is_recorded: whether it was published since this is recorded.
    """

    language: str
    source_language: str
    is_translation: bool = True
    texts: Texts = field(default_factory=Texts)
    others: list[tuple[str, Texts]] = field(default_factory=list)
    status: str = ""
    is_recorded: bool = False

    @property
    def is_source(self) -> bool:
        """Tells whether the others are translated from it."""
        return self.source_language == self.language

    def says_source(self, path: str, digest: str) -> bool:
        """Tells whether a text stands, or has stood, in the source's field at a content path."""
        return any(
            code == self.source_language and texts.has(field_of(path), digest)
            for code, texts in self.others
        )

    def shows(self, path: str, fragment: str) -> bool:
        """Tells whether a string is live in the field at a content path."""
        return digest_of_text(fragment) in self.texts.now.get(field_of(path), ())

    def language_of(self, path: str, fragment: str) -> str:
        """The language that a string at a content path is in, as wagtail-localize stores it."""
        return self.language_of_digest(field_of(path), digest_of_text(fragment))

    def language_of_plain(self, path: str, text: str) -> str:
        """The language that a plain text at a content path is in."""
        return self.language_of(path, plain_string(text))

    def language_of_digest(self, name: str, digest: str) -> str:
        """The language that a text of a field is in; one without letters is in any."""
        if self.is_source or is_of_any_language(digest) or digest in self.texts.said:
            return self.language
        return next((code for code, texts in self.others if texts.has(name, digest)), self.language)

    def foreign(self) -> set[str]:
        """Digests of what is live in another language."""
        return {
            digest
            for name, digests in self.texts.now.items()
            for digest in digests
            if self.language_of_digest(name, digest) != self.language
        }

    @property
    def is_whole(self) -> bool:
        """Tells whether all that is live is in its language, and no unread text of a machine's."""
        if self.is_source:
            return True
        return not self.foreign() and self.texts.machine.isdisjoint(self.texts.everything())

    def is_translated_by(self, fields: dict[str, set[str]]) -> bool:
        """Tells whether a person has translated one of some texts; of a source all are its own."""
        if self.is_source:
            return True
        texts = [
            (name, digest)
            for name, digests in fields.items()
            for digest in digests
            if not is_of_any_language(digest)
        ]
        return not texts or any(
            digest not in self.texts.machine
            and self.language_of_digest(name, digest) == self.language
            for name, digest in texts
        )

    @property
    def public_status(self) -> PublicStatus:
        """Public status; that of a page that nobody has counted is judged by its texts."""
        if self.is_source or (not self.source_language and LANGUAGES[self.language].is_source):
            return "source"
        if self.status:
            return _PUBLIC.get(self.status, "partial")
        return "complete" if self.is_whole else "partial"


@dataclass(slots=True)
class KnownTexts:
    """Known texts of some pages and facts, in all languages.

    Attributes:
        versions: by translation key and code.
    """

    versions: dict[UUID, dict[str, VersionTexts]] = field(default_factory=dict)

    def of(self, key: UUID, language: str) -> VersionTexts:
        """A page or fact in a language; one that was never published has what the others say."""
        versions = self.versions.setdefault(key, {})
        if language not in versions:
            others = {code: one.texts for code, one in versions.items()}
            source = next((one.source_language for one in versions.values()), "")
            versions[language] = VersionTexts(language, source, others=_ordered(others, source))
        return versions[language]


def known_texts(keys: Collection[UUID], titles_of: Collection[UUID] = ()) -> KnownTexts:
    """Reads the known texts of several pages and facts in all languages, in one query.

    Args:
        titles_of: keys of those of which only what others show is needed.
    """
    wanted = {*keys, *titles_of}
    if not wanted:
        return KnownTexts()
    return judged(
        Stored(pk, key, locale, code, source, translation, unpacked(titles, texts), status)
        for pk, key, locale, code, source, translation, titles, texts, status in _FIND_TEXTS(
            wanted, set(keys) or {_NO_KEY}
        )
    )


@dataclass(slots=True)
class Stored:
    """A stored row, with the code of its locale."""

    pk: int
    key: UUID
    locale: int
    code: str
    is_source: bool
    is_translation: bool
    texts: Texts
    status: str = ""


def judged(rows: Iterable[Stored]) -> KnownTexts:
    """Judges some rows, all of each key."""
    by_key: dict[UUID, list[Stored]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    return KnownTexts(
        {
            key: {row.code: _version(row, versions) for row in versions}
            for key, versions in by_key.items()
        }
    )


def _version(row: Stored, versions: Sequence[Stored]) -> VersionTexts:
    # Of two languages with the same text, the one that was there first has it as its own.
    others = {
        one.code: one.texts
        for one in versions
        if one is not row and (one.is_source or one.pk < row.pk)
    }
    source = next((one.code for one in versions if one.is_source), "")
    return VersionTexts(
        row.code,
        source,
        row.is_translation,
        row.texts,
        _ordered(others, source),
        row.status,
        is_recorded=True,
    )


def _ordered(others: dict[str, Texts], source: str) -> list[tuple[str, Texts]]:
    return [
        (code, others[code])
        for code in sorted(others, key=lambda code: (code != source, _position(code)))
    ]


def _position(code: str) -> int:
    return list(LANGUAGES).index(code) if code in LANGUAGES else len(LANGUAGES)


def said_same(
    locales: Collection[int], digests: Collection[str], *, is_approved: bool = True
) -> set[tuple[int, str]]:
    """Those of some texts that are the same on purpose, with their locales, in one query.

    Args:
        is_approved: whether it is approved; ``False`` finds those that wait for it.
    """
    if not locales or not digests:
        return set()
    return set((_FIND_SAID if is_approved else _FIND_WAITING)(locales, digests))


_NO_KEY: Final = UUID(int=0)

_FIND_SAID: Final = PreparedQuery(
    lambda locales, digests: SameOnPurpose.objects.filter(
        locale__in=locales, digest__in=digests, is_approved=True
    ).values_list("locale", "digest")
)
_FIND_WAITING: Final = PreparedQuery(
    lambda locales, digests: SameOnPurpose.objects.filter(
        locale__in=locales, digest__in=digests, is_approved=False
    ).values_list("locale", "digest")
)


def stored_rows(keys: Collection[UUID], texts: Any = "texts", *more: Any) -> Any:
    """The query for what is stored of some keys in all languages, those that came first before.

    Args:
        texts: in the place of the texts beside the titles.
        more: columns behind these.
    """
    return (
        LanguageTexts.objects.filter(key__in=keys)
        .order_by("pk")
        .values_list(
            "pk",
            "key",
            "locale",
            "locale__language_code",
            "is_source",
            "is_translation",
            "titles",
            texts,
            *more,
        )
    )


def _rows_with_status(keys: Collection[UUID], whole: Collection[UUID]) -> Any:
    status = LanguageStatus.objects.filter(
        source__object=OuterRef("key"), locale=OuterRef("locale")
    ).values("status")[:1]
    return stored_rows(
        keys,
        Case(When(Q(key__in=whole), then=F("texts")), default=_NOTHING),
        Coalesce(Subquery(status), _NOTHING, output_field=TextField()),
    )


_FIND_TEXTS: Final = PreparedQuery(_rows_with_status)
