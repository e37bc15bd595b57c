"""The strings of pages and facts with all that is known of them in each language: one loader.

Status, reports, files, tables and comparisons ask this and nothing else, so that all of them say
the same of a string.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from django.db.models import F
from wagtail_localize.models import StringSegment, StringTranslation

from cms.common.prepared_query import PreparedQuery
from cms.translation.models import SourceChange
from cms.translation.texts.digests import digest_of_text, is_of_any_language
from cms.translation.texts.judging import KnownTexts, known_texts, said_same

Maker = Literal["typed", "file", "machine"]
"""The ways in which a translation came: typed in the editor, by a file, from a machine."""


State = Literal["needs-translation", "needs-review", "translated", "final"]
"""Next step for a string, as a file for translators says it."""


class StringRef(NamedTuple):
    """A string in a context, by their ids: the key of a translation."""

    context: int
    string: int


@dataclass(frozen=True, slots=True)
class Former:
    """A string that stood in a context before another, and when it left."""

    string: int
    text: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SourceString:
    """A string of a source.

    Attributes:
        path: content path as wagtail-localize writes it.
        field_path: the field and kinds of block without their ids; empty where it is not known.
    """

    ref: StringRef
    text: str
    path: str
    field_path: str


@dataclass(slots=True)
class TranslatedString:
    """A translation of a string, live or not.

    Attributes:
        id: of the stored translation; 0 where none is.
        made: how it came.
        made_by: id of the user who made it; ``None`` where nobody knows.
        tool: name of the file or the machine that it came by; empty for a typed one.
        review: the state that a person gave it.
        has_error: whether it cannot be used in its field.
        equals_source: whether it is what the source says, now or before.
        is_said: whether that is so on purpose.
    """

    id: int
    data: str
    made: Maker
    made_by: int | None
    tool: str
    created_at: datetime
    updated_at: datetime
    review: State | None
    has_error: bool
    equals_source: bool = False
    is_said: bool = False

    @property
    def counts(self) -> bool:
        """Tells whether it is a translation: one that can be used, and not the source's text."""
        return not self.has_error and (not self.equals_source or self.is_said)

    @property
    def is_unread_machines(self) -> bool:
        """Tells whether a machine made it and nobody has read it: a draft."""
        return self.made == "machine" and self.needs_review

    @property
    def needs_review(self) -> bool:
        """Tells whether somebody should read it."""
        return self.state == "needs-review"

    @property
    def state(self) -> State:
        """The state of it, as a file for translators says it."""
        if self.equals_source and not self.is_said:
            return "needs-translation"
        unread = self.has_error or self.made == "machine"
        return self.review or ("needs-review" if unread else "translated")


@dataclass(slots=True)
class Strings:
    """The strings of some sources.

    Attributes:
        of_source: in their order, by the id of the source.
        translations: by the id of the locale.
        said_live: source texts that a live page shows on purpose, without a stored translation, by
            the id of the locale.
        former: what stood before a string in its context, the latest first.
        texts: what each language says, live.
    """

    of_source: dict[int, list[SourceString]] = field(default_factory=lambda: defaultdict(list))
    translations: dict[int, dict[StringRef, TranslatedString]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    said_live: dict[int, dict[StringRef, TranslatedString]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    former: dict[StringRef, list[Former]] = field(default_factory=lambda: defaultdict(list))
    texts: KnownTexts = field(default_factory=KnownTexts)

    def translation(self, locale: int, ref: StringRef) -> TranslatedString | None:
        """The translation of a string into a language, if it is one."""
        found = self.translations[locale].get(ref)
        return found if found is not None and found.counts else self.said_live[locale].get(ref)

    def former_translation(
        self, locale: int, ref: StringRef
    ) -> tuple[Former, TranslatedString] | None:
        """The translation of what stood in a place before, for a string that has none."""
        for former in self.former.get(ref, ()):
            found = self.translation(locale, StringRef(ref.context, former.string))
            if found is not None:
                return former, found
        return None


def load_strings(
    sources: Collection[int],
    keys: Collection[UUID],
    locales: dict[int, str],
    known: KnownTexts | None = None,
) -> Strings:
    """Reads the strings of some sources and all translations of them, in five queries at most.

    Args:
        sources: ids of the translation sources.
        keys: their translation keys.
        locales: codes of the languages that are asked for, by the ids of their locales.
        known: what is live of them, where it is at hand.
    """
    strings = Strings(texts=known if known is not None else known_texts(keys))
    paths: dict[int, str] = {}
    texts: dict[StringRef, str] = {}
    keys_of: dict[int, UUID] = {}
    for source, key, context, string, text, path, field_path in _FIND_SEGMENTS(sources):
        ref = StringRef(context, string)
        strings.of_source[source].append(SourceString(ref, text, path, field_path or ""))
        keys_of[source] = key
        paths[context] = path
        texts[ref] = text
    found: list[tuple[UUID, int, StringRef, str, TranslatedString]] = []
    if locales:
        for key, path, locale, context, string, original, *rest in _FIND_TRANSLATIONS(
            keys, locales
        ):
            ref = StringRef(context, string)
            translated = _translated(*rest)
            strings.translations[locale][ref] = translated
            found.append((key, locale, ref, path, translated))
            texts.setdefault(ref, original)
    _judge(strings, found, texts, locales)
    _find_said(strings, keys_of, locales)
    if found:
        # What stood before matters where it was translated.
        for context, current, previous, text, changed_at in _FIND_FORMER(keys):
            former = Former(previous, text, changed_at)
            strings.former[StringRef(context, current)].append(former)
    return strings


def _translated(
    pk: int,
    data: str,
    created: datetime,
    updated: datetime,
    kind: str,
    tool: str,
    user: int | None,
    has_error: bool,
    review: State | None,
) -> TranslatedString:
    is_machine = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
    made: Maker = "machine" if is_machine else "file" if tool else "typed"
    return TranslatedString(pk, data, made, user, tool, created, updated, review, has_error)


def is_typed(kind: str, tool: str) -> bool:
    """Tells whether a translation was typed in the editor: it came from no file and no machine."""
    return kind == StringTranslation.TRANSLATION_TYPE_MANUAL and not tool


def _judge(
    strings: Strings,
    found: Iterable[tuple[UUID, int, StringRef, str, TranslatedString]],
    texts: dict[StringRef, str],
    locales: dict[int, str],
) -> None:
    """Marks the translations that say what the source says, and those that do so on purpose."""
    equal: list[tuple[int, str, TranslatedString]] = []
    for key, locale, ref, path, translated in found:
        digest = digest_of_text(translated.data)
        if is_of_any_language(digest):
            continue
        version = strings.texts.of(key, locales[locale])
        if digest == digest_of_text(texts[ref]) or version.says_source(path, digest):
            translated.equals_source = True
            # What is live and said is known without asking.
            translated.is_said = digest in version.texts.said
            if not translated.is_said:
                equal.append((locale, digest, translated))
    said = said_same(
        {locale for locale, _digest, _translated in equal},
        {digest for _locale, digest, _translated in equal},
    )
    for locale, digest, translated in equal:
        translated.is_said = (locale, digest) in said


def _find_said(strings: Strings, keys_of: dict[int, UUID], locales: dict[int, str]) -> None:
    """Finds what nobody had to translate, and is live as the source has it.

    Somebody said that it is the same, or it is a number, which is the same in every language.
    """
    for source, key in keys_of.items():
        digests = [(one, digest_of_text(one.text)) for one in strings.of_source[source]]
        numbers = any(is_of_any_language(digest) for _string, digest in digests)
        for locale, code in locales.items():
            said = strings.texts.of(key, code).texts.said
            if not (said or numbers):
                continue
            version = strings.texts.of(key, code)
            for string, digest in digests:
                is_same = digest in said or is_of_any_language(digest)
                if is_same and version.shows(string.path, string.text):
                    strings.said_live[locale][string.ref] = _said(string.text)


def _said(text: str) -> TranslatedString:
    return TranslatedString(
        0, text, "typed", None, "", _ALL_ALONG, _ALL_ALONG, None, False, True, True
    )


_ALL_ALONG: Final = datetime.min.replace(tzinfo=UTC)
"""When a text came that nobody had to bring."""

_FIND_SEGMENTS: Final = PreparedQuery(
    lambda sources: (
        StringSegment.objects.filter(source__in=sources)
        .order_by("source", "order", "pk")
        .values_list(
            "source",
            "context__object",
            "context",
            "string",
            "string__data",
            "context__path",
            "context__field_path",
        )
    )
)
_FIND_TRANSLATIONS: Final = PreparedQuery(
    lambda keys, locales: StringTranslation.objects.filter(
        context__object__in=keys, locale__in=locales
    ).values_list(
        "context__object",
        "context__path",
        "locale",
        "context",
        "translation_of",
        "translation_of__data",
        "pk",
        "data",
        "created_at",
        "updated_at",
        "translation_type",
        "tool_name",
        "last_translated_by",
        "has_error",
        F("review__state"),
    )
)
_FIND_FORMER: Final = PreparedQuery(
    lambda keys: (
        SourceChange.objects.filter(context__object__in=keys, current__isnull=False)
        .order_by("-changed_at", "-pk")
        .values_list("context", "current", "previous", "previous__data", "changed_at")
    )
)
