"""A translator's comparison: the source before and now, and texts that were not used."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Literal

from wagtail_localize.models import Translation

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import field_facts
from cms.translation.models import Suggestion
from cms.translation.strings import load_strings

_TAG = re.compile(r"<[^>]*>")
_PIECE = re.compile(r"[\w'’-]+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two texts beside each other."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A string whose source has changed since it was translated.

    Attributes:
        label: where it stands, in the source language.
        changes: the source before and now, in one.
        translation: what the source before was translated as.
    """

    label: str
    changes: list[Piece]
    translation: str


def outdated_strings(translation: Translation) -> list[Comparison]:
    """The strings of a page or snippet that are out of date in a language, in their order."""
    source, locale = translation.source, translation.target_locale
    strings = load_strings([source.pk], [source.object_id], {locale.pk: locale.language_code})
    found = []
    for string in strings.of_source[source.pk]:
        if strings.translation(locale.pk, string.ref) is not None:
            continue
        former = strings.former_translation(locale.pk, string.ref)
        if former is not None:
            before, translated = former
            changes = compared(readable(before.text), readable(string.text))
            label = _label(translation, string.field_path)
            found.append(Comparison(label, changes, readable(translated.data)))
    return found


def suggestions_for(translation: Translation) -> list[Suggestion]:
    """Texts for a page or snippet that are kept and not used, the newest first."""
    return list(
        Suggestion.objects.filter(
            context__object=translation.source.object_id, locale=translation.target_locale
        ).select_related("context", "made_by")
    )


def _label(translation: Translation, field_path: str) -> str:
    content_type: int = translation.source.specific_content_type_id
    return field_facts(content_type, field_path, SOURCE_LANGUAGE_CODE).label if field_path else ""


def readable(fragment: str) -> str:
    """A string as wagtail-localize stores it, without its tags."""
    return unescape(_TAG.sub("", fragment.replace("<br/>", "\n")))


def compared(before: str, now: str) -> list[Piece]:
    """Both texts in one: what stayed, what went, what came, word by word."""
    old, new = _PIECE.findall(before), _PIECE.findall(now)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for operation, start, end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if end > start:
            pieces.append(Piece("gone", "".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("new", "".join(new[new_start:new_end])))
    return pieces
