"""AVIF and HEIC: boxes in boxes, of which one lists items and says where in the file they lie.

Nothing is moved, for other boxes count from the beginning of the file: what is removed from the
lists leaves room that is marked as free, and the bytes of an item become zeros.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from cms.content.images.cleaning.parts import Damaged, Parts, number_at, slice_of

TYPE_AT: Final = 4
TYPE: Final = b"ftyp"
_METADATA: Final = frozenset({b"Exif", b"mime", b"uri "})
"""Kinds of items; XMP is one of kind ``mime``."""
_FREED: Final = frozenset({b"uuid", b"udta", b"free", b"skip"})
_INSIDE: Final = frozenset({b"moov", b"trak"})


class _Box(NamedTuple):
    kind: bytes
    start: int
    body: int
    end: int


def take_apart(content: bytes) -> Parts:
    """Takes an AVIF or HEIC apart.

    Raises:
        Damaged: it is none.
    """
    file = _File(content)
    file.look_through(0, len(content), is_top=True)
    return Parts(bytes(file.content), tuple(file.removed))


class _File:
    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)
        self.removed: list[bytes] = []

    def look_through(self, start: int, end: int, *, is_top: bool) -> None:
        for box in self._boxes(start, end):
            if box.kind in _FREED or (box.kind == b"meta" and not is_top):
                self._free(box)
            elif box.kind == b"meta":
                self._clean_items(box)
            elif box.kind in _INSIDE:
                self.look_through(box.body, box.end, is_top=False)

    def _boxes(self, start: int, end: int) -> Iterator[_Box]:
        while start < end:
            size, kind, head = self._number(start, 4), self._slice(start + 4, 4), 8
            if size == 1:
                size, head = self._number(start + 8, 8), 16
            elif size == 0:
                size = end - start
            if size < head or start + size > end:
                raise Damaged(f"A box ends outside of the one around it, at {start}.")
            yield _Box(kind, start, start + head, start + size)
            start += size

    def _number(self, start: int, size: int) -> int:
        return number_at(self.content, start, size) if size else 0

    def _slice(self, start: int, size: int) -> bytes:
        return slice_of(self.content, start, size)

    def _free(self, box: _Box) -> None:
        """Marks a box as room, with nothing in it."""
        self.content[box.start + 4 : box.start + 8] = b"free"
        self._erase(box.body, box.end)

    def _erase(self, start: int, end: int) -> None:
        piece = self._slice(start, end - start)
        if any(piece):
            self.removed.append(piece)
            self.content[start:end] = bytes(end - start)

    def _clean_items(self, meta: _Box) -> None:
        inside = list(self._boxes(meta.body + 4, meta.end))
        for box in inside:
            if box.kind in _FREED:
                self._free(box)
        found = {box.kind: box for box in inside}
        if b"iinf" not in found:
            return
        info, items = self._without_metadata(found[b"iinf"])
        if not items:
            return
        made = {b"iinf": info}
        if b"iloc" in found:
            idat = found[b"idat"].body if b"idat" in found else 0
            made[b"iloc"] = self._without_places(found[b"iloc"], items, idat)
        if b"iref" in found:
            made[b"iref"] = self._without_references(found[b"iref"], items)
        boxes = [
            made.get(box.kind) or self._slice(box.start, box.end - box.start) for box in inside
        ]
        body = b"".join(boxes)
        room = meta.end - meta.body - 4 - len(body)
        body += room.to_bytes(4, "big") + b"free" + bytes(room - 8)
        self.content[meta.body + 4 : meta.end] = body

    def _without_metadata(self, box: _Box) -> tuple[bytes, set[int]]:
        """The list of items without those that are no part of the picture, and their numbers."""
        size = 2 if self.content[box.body] == 0 else 4
        kept, items = [], set()
        for entry in self._boxes(box.body + 4 + size, box.end):
            version = self.content[entry.body]
            width = 4 if version >= 3 else 2
            kind = self._slice(entry.body + 4 + width + 2, 4) if version >= 2 else b""
            if kind in _METADATA:
                items.add(self._number(entry.body + 4, width))
            else:
                kept.append(self._slice(entry.start, entry.end - entry.start))
        head = self._slice(box.body, 4) + len(kept).to_bytes(size, "big")
        return _boxed(b"iinf", head + b"".join(kept)), items

    def _without_places(self, box: _Box, items: set[int], idat: int) -> bytes:
        """The places of all items but some, whose bytes are erased."""
        version = self.content[box.body]
        sizes = self._number(box.body + 4, 2)
        offset, length, base, index = ((sizes >> shift) & 15 for shift in (12, 8, 4, 0))
        index = index if version in (1, 2) else 0
        width = 4 if version == 2 else 2
        position = box.body + 6 + width
        kept = []
        for _number in range(self._number(box.body + 6, width)):
            start = position
            item = self._number(position, width)
            position += width
            is_in_idat = False
            if version in (1, 2):
                is_in_idat = self._number(position, 2) & 15 == 1
                position += 2
            position += 2
            begin = self._number(position, base) + (idat if is_in_idat else 0)
            extents = self._number(position + base, 2)
            position += base + 2
            for _extent in range(extents):
                at = begin + self._number(position + index, offset)
                size = self._number(position + index + offset, length)
                position += index + offset + length
                if item in items:
                    self._erase(at, at + size)
            if item not in items:
                kept.append(self._slice(start, position - start))
        head = self._slice(box.body, 6) + len(kept).to_bytes(width, "big")
        return _boxed(b"iloc", head + b"".join(kept))

    def _without_references(self, box: _Box, items: set[int]) -> bytes:
        width = 2 if self.content[box.body] == 0 else 4
        kept = [
            self._slice(entry.start, entry.end - entry.start)
            for entry in self._boxes(box.body + 4, box.end)
            if self._number(entry.body, width) not in items
        ]
        return _boxed(b"iref", self._slice(box.body, 4) + b"".join(kept))


def _boxed(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body
