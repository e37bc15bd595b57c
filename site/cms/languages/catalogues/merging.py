"""Brings a catalogue in step with the code, and keeps every translation while doing so."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

import polib

from cms.languages.catalogues.extraction import Message, Messages
from cms.languages.registry import LANGUAGES, Language

# How alike a new message and a vanished one must be to count as one that was reworded, 0 to 1.
_ALIKE: Final = 0.75

# Source strings are written in English, so this language's texts are the ids themselves.
MESSAGE_LANGUAGE: Final = "en"

# What the registry says already of each language.
_SWEDISH_NAMES: Final = {
    language.english_name: language.swedish_name for language in LANGUAGES.values()
}

# Languages whose catalogue must be whole before anything lands.
COMPLETE_LANGUAGES: Final = frozenset({"sv", "en", "fi"})


@dataclass(slots=True)
class MergeReport:
    """The outcome of a merge into one catalogue, by message text."""

    added: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)


def merge(catalogue: polib.POFile, messages: Messages, language: Language) -> MergeReport:
    """Change ``catalogue`` so that it holds exactly the messages of the code.

    Translations stay. A new message that resembles one that vanished takes its translation over,
    marked fuzzy for a person to look at. Any other translation whose message vanished stays as an
    obsolete entry; only entries without a translation are dropped.
    """
    report = MergeReport()
    existing = {_key(entry): entry for entry in catalogue}
    vanished = {
        key: entry
        for key, entry in existing.items()
        if key not in messages and not entry.obsolete and _has_text(entry)
    }
    entries = []
    for key, message in sorted(messages.items(), key=lambda item: (item[0][1], item[0][0])):
        entry = existing.get(key)
        if entry is None:
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context)
            if _take_over(entry, vanished):
                report.reworded.append(message.text)
            else:
                report.added.append(message.text)
        _describe(entry, message, language)
        entries.append(entry)
    retired = [
        entry
        for key, entry in sorted(existing.items())
        if key not in messages and _has_text(entry) and (entry.obsolete or key in vanished)
    ]
    for entry in retired:
        if not entry.obsolete:
            report.retired.append(entry.msgid)
        entry.obsolete = True
        entry.occurrences = []
    catalogue.clear()
    catalogue.extend(entries + retired)
    _complete_header(catalogue, language)
    return report


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def _has_text(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def _take_over(entry: polib.POEntry, vanished: dict[tuple[str, str], polib.POEntry]) -> bool:
    candidates = {former.msgid: key for key, former in vanished.items()}
    alike = get_close_matches(entry.msgid, candidates, n=1, cutoff=_ALIKE)
    if not alike:
        return False
    former = vanished.pop(candidates[alike[0]])
    entry.msgstr = former.msgstr
    entry.msgstr_plural = dict(former.msgstr_plural)
    entry.tcomment = former.tcomment
    entry.previous_msgid = former.msgid
    entry.flags.append("fuzzy")
    return True


def _describe(entry: polib.POEntry, message: Message, language: Language) -> None:
    entry.obsolete = False
    entry.occurrences = [(file, "") for file in sorted(message.files)]
    entry.comment = "\n".join(message.comments)
    entry.flags = message.flags + (["fuzzy"] if entry.fuzzy else [])
    if message.plural is None:
        entry.msgstr = entry.msgstr or entry.msgstr_plural.get(0, "")
        entry.msgid_plural, entry.msgstr_plural = "", {}
    else:
        entry.msgid_plural = message.plural
        former, entry.msgstr = entry.msgstr, ""
        entry.msgstr_plural = {
            index: entry.msgstr_plural.get(index, former if index == 0 else "")
            for index in range(_number_of_plurals(language))
        }
    if language.code == MESSAGE_LANGUAGE:
        _fill_with_source(entry, message)
    elif language.is_source and not entry.msgstr and message.text in _SWEDISH_NAMES:
        entry.msgstr = _SWEDISH_NAMES[message.text]


def _fill_with_source(entry: polib.POEntry, message: Message) -> None:
    if message.plural is None:
        entry.msgstr = message.text
    else:
        entry.msgstr_plural = {0: message.text, 1: message.plural}
    entry.previous_msgid = None
    entry.flags = message.flags


def _number_of_plurals(language: Language) -> int:
    return int(language.plural_forms.removeprefix("nplurals=").partition(";")[0])


def _complete_header(catalogue: polib.POFile, language: Language) -> None:
    # No dates: they would make every update a change of nine files.
    catalogue.metadata = {
        "Project-Id-Version": "strategy-cms",
        "Language": language.code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
    }
    if not catalogue.header:
        catalogue.header = f"{language.english_name} ({language.name})."
