"""Rows of the translators' editor: each string of a page or fact with all that is known of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.utils.translation import get_language
from wagtail.models import Locale
from wagtail_localize.models import Translation

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.comparison import Piece, compared, readable, suggestions_for
from cms.translation.editor.headings import Group, grouped
from cms.translation.editor.links import EditorLink, links_of
from cms.translation.faults import fault
from cms.translation.fields import FieldFacts, field_facts
from cms.translation.models import Suggestion
from cms.translation.status.judgement import UNCOUNTED_PATHS
from cms.translation.status.word_count import count_words
from cms.translation.strings import (
    SourceString,
    StringRef,
    Strings,
    TranslatedString,
    load_strings,
)
from cms.translation.texts.digests import digest_of_text, is_of_any_language
from cms.translation.texts.versions import version_of

RowState = Literal["missing", "outdated", "review", "same", "fault", "done"]
"""The next thing to do with a string. ``outdated``: its source has changed since it was translated.
``same``: it says what its source says, and nobody has said that this is on purpose."""


@dataclass(slots=True)
class EditorRow:
    """A string as the editor shows it.

    Attributes:
        target: the stored fragment, whatever its state; empty where none is stored.
        fault: the reason why the stored text cannot be used, with the remedy; empty for none.
        version: of what is stored; see :mod:`cms.translation.texts.versions`.
        label: the field, and the block in it, in the language of the admin.
        former_source: what changed in the source since it was translated, of an outdated one.
        former_target: the translation of the source before, of an outdated one.
        related: the same string in the related language; empty where it has none.
        is_counted: whether its words count as work: an address may stay the source's.
    """

    ref: StringRef
    path: str
    field_path: str
    source: str
    target: str
    version: str
    state: RowState
    label: str
    fault: str = ""
    note: str = ""
    max_length: int | None = None
    is_plain: bool = True
    former_source: list[Piece] = field(default_factory=list)
    former_target: str = ""
    related: str = ""
    links: list[EditorLink] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    by: str = ""
    at: datetime | None = None
    made: str = ""
    is_counted: bool = True

    @property
    def name(self) -> str:
        """Its name in scripts and addresses: ``12-34``."""
        return f"{self.ref.context}-{self.ref.string}"

    @property
    def words(self) -> int:
        """Words of the source."""
        return count_words(self.source) if self.is_counted else 0


@dataclass(slots=True)
class EditorRows:
    """All strings of a page or fact, in the order of its own editor.

    Attributes:
        groups: the rows under their headings.
        left_over: texts that are kept and not used, whose place is no longer in the source.
        counts: rows by state.
        words: words of the source by state.
        source: digest of the strings of the source.
    """

    groups: list[Group[EditorRow]]
    left_over: list[Suggestion] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    source: str = ""

    @property
    def rows(self) -> Iterable[EditorRow]:
        """Every row."""
        return (row for group in self.groups for row in group.rows)

    @property
    def words_left(self) -> int:
        """Words of what is missing, out of date, or not to be used as it is."""
        return sum(self.words[state] for state in ("missing", "outdated", "same", "fault"))


def editor_rows(translation: Translation, related: Locale | None = None) -> EditorRows:
    """Reads the strings of a translation; the number of queries does not grow with them.

    Args:
        related: the language that is shown beside; only what is live in it.
    """
    source = translation.source
    locales = [translation.target_locale, *([related] if related is not None else [])]
    strings = load_strings(
        [source.pk], [source.object_id], {one.pk: one.language_code for one in locales}
    )
    makers = _makers(strings, translation.target_locale_id)
    links = links_of(translation)
    rows: dict[StringRef, EditorRow] = {}
    for string in strings.of_source[source.pk]:
        # A sentence that stands twice in one text is translated once.
        if string.ref in rows:
            continue
        row = _row(string, strings, translation, makers)
        row.links = links.get(string.ref, [])
        if related is not None:
            row.related = _related(string, strings, translation, related)
        rows[string.ref] = row
    content_type: int = source.specific_content_type_id
    found = EditorRows(grouped(list(rows.values()), content_type), _hand_out(translation, rows))
    found.source = source_digest(strings.of_source[source.pk])
    for row in rows.values():
        found.counts[row.state] += 1
        found.words[row.state] += row.words
    return found


def _hand_out(translation: Translation, rows: dict[StringRef, EditorRow]) -> list[Suggestion]:
    """Gives the rows the texts that are kept for them; returns those that belong to none."""
    first: dict[int, EditorRow] = {}
    exact: dict[tuple[int, str], EditorRow] = {}
    for ref, row in rows.items():
        first.setdefault(ref.context, row)
        exact[ref.context, row.source] = row
    left_over = []
    for one in suggestions_for(translation):
        found = exact.get((one.context_id, one.source_text)) or first.get(one.context_id)
        (left_over if found is None else found.suggestions).append(one)
    return left_over


def source_digest(strings: list[SourceString]) -> str:
    """The digest of the strings of a source: another when one is changed, or comes, or goes."""
    digest = blake2b(digest_size=8)
    for string in strings:
        digest.update(f"{string.ref.context}-{string.ref.string} ".encode())
    return digest.hexdigest()


def row_state(string: SourceString, strings: Strings, locale: int) -> RowState:
    """The next thing to do with a string in a language."""
    stored = strings.translations[locale].get(string.ref)
    if stored is not None:
        if stored.has_error:
            return "fault"
        if stored.equals_source and not stored.is_said and string.path not in UNCOUNTED_PATHS:
            return "same"
        return "review" if stored.needs_review else "done"
    is_done = string.path in UNCOUNTED_PATHS or is_of_any_language(digest_of_text(string.text))
    if is_done or strings.translation(locale, string.ref) is not None:
        return "done"
    return "outdated" if strings.former_translation(locale, string.ref) else "missing"


def _row(
    string: SourceString, strings: Strings, translation: Translation, makers: dict[int, str]
) -> EditorRow:
    locale: int = translation.target_locale_id
    stored = strings.translations[locale].get(string.ref)
    facts = _facts(translation, string)
    row = EditorRow(
        string.ref,
        string.path,
        string.field_path,
        string.text,
        stored.data if stored else "",
        version_of(stored.data if stored else None),
        row_state(string, strings, locale),
        facts.label,
        note=facts.note,
        max_length=facts.max_length,
        is_plain=facts.is_plain,
        is_counted=string.path not in UNCOUNTED_PATHS,
    )
    if stored is not None:
        row.by, row.at, row.made = _maker(stored, makers), stored.updated_at, stored.made
        if stored.has_error:
            row.fault = _fault(translation, string, stored.data, facts)
    if row.state == "outdated":
        former = strings.former_translation(locale, string.ref)
        if former is not None:
            before, translated = former
            row.former_source = compared(readable(before.text), readable(string.text))
            row.former_target = translated.data
    return row


def _fault(translation: Translation, string: SourceString, data: str, facts: FieldFacts) -> str:
    key, locale = translation.source.object_id, translation.target_locale_id
    reason = fault(
        string.text,
        data,
        facts,
        key=key,
        path=string.path,
        locale=locale,
        language=translation.target_locale.language_code,
        by_words=True,
    )
    return reason or ""


def _facts(translation: Translation, string: SourceString) -> FieldFacts:
    content_type: int = translation.source.specific_content_type_id
    path = string.field_path or string.path
    return field_facts(content_type, path, get_language() or SOURCE_LANGUAGE_CODE)


def _maker(stored: TranslatedString, makers: dict[int, str]) -> str:
    name = makers.get(stored.made_by or 0, "")
    return stored.tool or name


def _makers(strings: Strings, locale: int) -> dict[int, str]:
    """Names of those who made translations, by their ids."""
    ids = {one.made_by for one in strings.translations[locale].values() if one.made_by}
    if not ids:
        return {}
    users: Any = get_user_model()
    found = users._default_manager.filter(pk__in=ids)
    return {user.pk: user.get_full_name() or user.get_username() for user in found}


def _related(
    string: SourceString, strings: Strings, translation: Translation, related: Locale
) -> str:
    """The translation in another language, where readers of that language have it."""
    found = strings.translation(related.pk, string.ref)
    if found is None:
        return ""
    texts = strings.texts.of(translation.source.object_id, related.language_code)
    return found.data if texts.shows(string.path, found.data) else ""
