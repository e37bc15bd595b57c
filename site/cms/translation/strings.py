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

from wagtail_localize.models import StringTranslation

from cms.translation.string_queries import (
    FIND_APPROVED,
    FIND_FORMER,
    FIND_FORMER_IN,
    FIND_SEGMENTS,
    FIND_SEGMENTS_IN,
    FIND_TRANSLATIONS,
    FIND_TRANSLATIONS_IN,
)
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
        needs_approval: whether its language wants each text to be approved.
        is_approved: whether it may be published: it was approved, or needs not be.
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
    needs_approval: bool = False
    is_approved: bool = True

    @property
    def is_translation(self) -> bool:
        """Tells whether it can be used, and is not the source's text, or is so on purpose."""
        return not (self.has_error or self.is_unsaid)

    @property
    def counts(self) -> bool:
        """Tells whether it counts as translated and may be published."""
        return self.is_translation and self.is_approved

    @property
    def is_unsaid(self) -> bool:
        """Tells whether it is the source's text, and nobody has said that this is on purpose."""
        return self.equals_source and not self.is_said

    @property
    def awaits_approval(self) -> bool:
        """Tells whether it is a translation that a second person has not approved yet."""
        return self.is_translation and not self.is_approved

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
        if self.is_unsaid:
            return "needs-translation"
        if not self.is_approved:
            return "needs-review"
        unread = self.has_error or self.made == "machine"
        return self.review or ("needs-review" if unread else "translated")


@dataclass(slots=True)
class Strings:
    """The strings of some sources.

    Attributes:
        of_source: in their order, by the id of the source.
        translations: what is stored, by the id of the locale.
        standing: texts that stay published until another one that is stored is approved, by the id
            of the locale.
        said_live: source texts that a live page shows on purpose, without a stored translation, by
            the id of the locale.
        former: what stood before a string in its context, the latest first.
        texts: what each language says, live.
    """

    of_source: dict[int, list[SourceString]] = field(default_factory=lambda: defaultdict(list))
    translations: dict[int, dict[StringRef, TranslatedString]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    standing: dict[int, dict[StringRef, TranslatedString]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    said_live: dict[int, dict[StringRef, TranslatedString]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    former: dict[StringRef, list[Former]] = field(default_factory=lambda: defaultdict(list))
    texts: KnownTexts = field(default_factory=KnownTexts)

    def translation(self, locale: int, ref: StringRef) -> TranslatedString | None:
        """The translation of a string into a language that may be published, if there is one."""
        found = self.translations[locale].get(ref)
        if found is not None and found.counts:
            return found
        standing = self.standing[locale].get(ref)
        if standing is not None and standing.counts:
            return standing
        awaits = found is not None and found.awaits_approval
        return None if awaits else self.said_live[locale].get(ref)

    def awaiting(self, locale: int, ref: StringRef) -> TranslatedString | None:
        """The stored translation of a string that a second person is to approve."""
        found = self.translations[locale].get(ref)
        return found if found is not None and found.awaits_approval else None

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
    *,
    contexts: Collection[int] | None = None,
    with_former: bool = True,
) -> Strings:
    """Reads the strings of some sources and all translations of them, in six queries at most.

    Args:
        sources: ids of the translation sources.
        keys: their translation keys.
        locales: codes of the languages that are asked for, by the ids of their locales.
        known: what is live of them, where it is at hand.
        contexts: ids of those contexts that alone are asked for; all without it.
        with_former: whether anything stood before in these contexts.
    """
    strings = Strings(texts=known if known is not None else known_texts(keys))
    paths: dict[int, str] = {}
    texts: dict[StringRef, str] = {}
    keys_of: dict[int, UUID] = {}
    segments = FIND_SEGMENTS(sources) if contexts is None else FIND_SEGMENTS_IN(sources, contexts)
    for source, key, context, string, text, path, field_path in segments:
        ref = StringRef(context, string)
        strings.of_source[source].append(SourceString(ref, text, path, field_path or ""))
        keys_of[source] = key
        paths[context] = path
        texts[ref] = text
    found: list[tuple[UUID, int, StringRef, str, TranslatedString]] = []
    if locales:
        rows = (
            FIND_TRANSLATIONS(keys, locales)
            if contexts is None
            else FIND_TRANSLATIONS_IN(contexts, locales)
        )
        for key, path, locale, context, string, original, *rest in rows:
            ref = StringRef(context, string)
            translated = _translated(*rest)
            strings.translations[locale][ref] = translated
            found.append((key, locale, ref, path, translated))
            texts.setdefault(ref, original)
    if any(one.needs_approval for _key, _locale, _ref, _path, one in found):
        found += _find_approved(strings, keys, locales, texts)
    _judge(strings, found, texts, locales)
    _find_said(strings, keys_of, locales)
    # What stood before matters where it was translated.
    if with_former and (found or contexts is not None):
        changes = FIND_FORMER(keys) if contexts is None else FIND_FORMER_IN(contexts)
        for context, current, previous, text, changed_at in changes:
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
    needs_approval: bool | None,
) -> TranslatedString:
    is_machine = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
    made: Maker = "machine" if is_machine else "file" if tool else "typed"
    return TranslatedString(
        pk,
        data,
        made,
        user,
        tool,
        created,
        updated,
        review,
        has_error,
        needs_approval=bool(needs_approval),
    )


def _find_approved(
    strings: Strings,
    keys: Collection[UUID],
    locales: Collection[int],
    texts: dict[StringRef, str],
) -> list[tuple[UUID, int, StringRef, str, TranslatedString]]:
    """Marks what is not approved; returns what stands published in its place."""
    approved = {}
    for key, path, locale, context, string, original, *rest in FIND_APPROVED(keys, locales):
        ref = StringRef(context, string)
        approved[locale, ref] = (key, path, *rest)
        texts.setdefault(ref, original)
    for locale, stored in strings.translations.items():
        for ref, one in stored.items():
            known = approved.get((locale, ref))
            one.is_approved = not one.needs_approval or (known is not None and known[2] == one.data)
            if one.is_approved and known is not None:
                # It came when it was approved: until then nothing showed it.
                one.created_at, one.updated_at = known[3], max(one.updated_at, known[4])
                del approved[locale, ref]
    found = []
    for (locale, ref), (key, path, data, first_at, at, is_machine) in approved.items():
        made: Maker = "machine" if is_machine else "typed"
        standing = TranslatedString(
            0, data, made, None, "", first_at, at, None, False, needs_approval=True
        )
        strings.standing[locale][ref] = standing
        found.append((key, locale, ref, path, standing))
    return found


def is_typed(kind: str, tool: str) -> bool:
    """Tells whether a translation was typed in the editor: it came from no file and no machine."""
    return kind == StringTranslation.TRANSLATION_TYPE_MANUAL and not tool


def put_translation(
    strings: Strings,
    key: UUID,
    locale: tuple[int, str],
    string: SourceString,
    translated: TranslatedString | None,
) -> None:
    """Has a string that was loaded be translated otherwise, as if it had been stored so.

    Args:
        locale: id and code of the language.
        translated: the translation; ``None`` for one that was deleted.
    """
    pk, code = locale
    if translated is None:
        strings.translations[pk].pop(string.ref, None)
        return
    strings.translations[pk][string.ref] = translated
    found = [(key, pk, string.ref, string.path, translated)]
    _judge(strings, found, {string.ref: string.text}, {pk: code})


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
    waiting = [
        (locale, digest)
        for locale, digest, translated in equal
        if not translated.is_approved and (locale, digest) not in said
    ]
    # It needs no other's word to be something that another person may approve.
    waiting_said = said_same(
        {locale for locale, _digest in waiting},
        {digest for _locale, digest in waiting},
        is_approved=False,
    )
    for locale, digest, translated in equal:
        translated.is_said = (locale, digest) in said or (
            not translated.is_approved and (locale, digest) in waiting_said
        )


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
