"""A page from its stored document: the part of the document, to be put into the frame.

The part of a document is the same to the byte as long as the document and what it shows of its
surroundings are; the frame as long as the site is. So each is kept for itself, compressed, and a
page is put together without compressing anything.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cms.content.reader.context import OTHER_DOCUMENTS, document_context
from cms.delivery.http.compression import deflate
from cms.reader.surroundings.frame import Frame
from cms.reader.surroundings.gathering import STAMP
from cms.reader.surroundings.other_documents import states_of

_START: Final = "<!--frame-start-->"
_END: Final = "<!--frame-end-->"
"""Stand where the frame belongs; no content can have them, its signs are escaped."""
_BLANK: Final = re.compile(r"\n\s*\n")
"""Empty lines, which a template leaves where it has nothing to show."""
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of all kept parts together, in each process."""


class Piece(NamedTuple):
    """A piece of a page, plain and as :func:`deflate` makes it."""

    plain: bytes
    deflated: bytes


def piece(text: str) -> Piece:
    """A text as a piece."""
    plain = text.encode()
    return Piece(plain, deflate(plain))


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A page without its frame.

    Attributes:
        pieces: before the frame's start, between, and behind its end.
        shown: the states of what it shows of other documents, see :func:`states_of`.
    """

    pieces: tuple[Piece, Piece, Piece]
    shown: Mapping[str, str]

    def __len__(self) -> int:
        return sum(len(one.plain) + len(one.deflated) for one in self.pieces)


class PartCache:
    """Parts of documents that were made before, by the state of all that they show.

    Args:
        largest: bytes of all together.
    """

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._size = 0
        self._parts: OrderedDict[tuple[str, ...], DocumentPart] = OrderedDict()
        self._lock = Lock()

    def get(self, name: tuple[str, ...]) -> DocumentPart | None:
        """A part that is kept."""
        with self._lock:
            part = self._parts.get(name)
            if part is not None:
                self._parts.move_to_end(name)
            return part

    def keep(self, name: tuple[str, ...], part: DocumentPart) -> None:
        """Keeps a part, in the place of those that were not used for longest."""
        with self._lock:
            self._size += len(part) - len(self._parts.get(name, ()))
            self._parts[name] = part
            while self._size > self._largest and len(self._parts) > 1:
                _name, oldest = self._parts.popitem(last=False)
                self._size -= len(oldest)


kept_parts: Final = PartCache()
"""Those of this process."""
_frame_pieces: Final[OrderedDict[Frame, tuple[Piece, Piece]]] = OrderedDict()
_MOST_FRAMES: Final = 256


def page_pieces(
    document: dict[str, Any], digest: str, locale: str, parameters: Mapping[str, str]
) -> list[Piece]:
    """A published page as the pieces of which it is put together.

    Args:
        digest: of the document.
        locale: code of the language whose site is read.
        parameters: those of the address.
    """
    model: Any = apps.get_model(document["type"])
    context = document_context(document, model, locale, parameters)
    name = (digest, locale, context[STAMP])
    part = kept_parts.get(name)
    if part is None or (part.shown and states_of(part.shown, locale) != part.shown):
        part = _make(model.template, context)
        kept_parts.keep(name, part)
    start, end = _pieces_of(context["frame"])
    before, between, behind = part.pieces
    return [before, start, between, end, behind]


def _make(template: str, context: dict[str, Any]) -> DocumentPart:
    frame = replace(context["frame"], start=SafeString(_START), end=SafeString(_END))
    html = _BLANK.sub("\n", render_to_string(template, context | {"frame": frame}))
    before, _mark, rest = html.partition(_START)
    between, _mark, behind = rest.partition(_END)
    pieces = (piece(before), piece(between), piece(behind))
    return DocumentPart(pieces, context[OTHER_DOCUMENTS].shown)


def _pieces_of(frame: Frame) -> tuple[Piece, Piece]:
    kept = _frame_pieces.get(frame)
    if kept is None:
        kept = _frame_pieces[frame] = (piece(frame.start), piece(frame.end))
        while len(_frame_pieces) > _MOST_FRAMES:
            _frame_pieces.popitem(last=False)
    return kept
