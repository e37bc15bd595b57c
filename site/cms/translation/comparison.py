"""A translator's comparison: the source before and now, and texts that were not used."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Literal

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import field_facts
from cms.translation.models import SourceChange, Suggestion
from cms.translation.status.outdated import former_translation

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
    segments = list(
        StringSegment.objects.filter(source=translation.source)
        .order_by("order")
        .values_list("context", "string", "string__data", "context__field_path")
    )
    translated: dict[tuple[int, int], str] = {
        (context, string): data
        for context, string, data in StringTranslation.objects.filter(
            context__object=translation.source.object_id,
            locale=translation.target_locale,
            has_error=False,
        ).values_list("context", "translation_of", "data")
    }
    former: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for context, current, previous, text in (
        SourceChange.objects.filter(
            context__object=translation.source.object_id, current__isnull=False
        )
        .order_by("-changed_at", "-pk")
        .values_list("context", "current", "previous", "previous__data")
    ):
        former.setdefault((context, current), []).append((previous, text))
    found = []
    for context, string, now, field_path in segments:
        if (context, string) in translated:
            continue
        found_before = former_translation(context, former.get((context, string), ()), translated)
        if found_before is not None:
            before, text = found_before
            changes = compared(readable(before), readable(now))
            found.append(Comparison(_label(translation, field_path), changes, readable(text)))
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
