"""Two texts beside each other, word by word, and texts that were kept and not used."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Literal

from wagtail_localize.models import Translation

from cms.translation.models import Suggestion

_TAG = re.compile(r"<[^>]*>")
_PIECE = re.compile(r"[\w'’-]+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of two texts beside each other."""

    kind: Literal["same", "gone", "new"]
    text: str


def suggestions_for(translation: Translation) -> list[Suggestion]:
    """Texts for a page or snippet that are kept and not used, the newest first."""
    return list(
        Suggestion.objects.filter(
            context__object=translation.source.object_id, locale=translation.target_locale
        ).select_related("context", "made_by")
    )


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
