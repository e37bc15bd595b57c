"""JPEG: segments, each with a marker.

Kept are the picture, the colour profile, and what says how its colours are stored. EXIF and XMP
lie in APP1, IPTC in APP13, other pictures that cameras put behind the first are named in APP2.
"""

import re
from typing import Final

from cms.content.images.cleaning.parts import Damaged, Parts, Sorting, number_at, slice_of

BEGINNING: Final = b"\xff\xd8\xff"
_SOI: Final = b"\xff\xd8"
_EOI, _SOS, _COMMENT = 0xD9, 0xDA, 0xFE
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment."""
_APPLICATIONS: Final = range(0xE0, 0xF0)
_JFIF: Final = b"JFIF\0"
_JFIF_WITHOUT_PREVIEW: Final = 14
_KEPT: Final = {0xE0: _JFIF, 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Segments of applications, by what stands at their beginning."""
_MARKER: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""Within the data of a picture: what is no part of it."""


def take_apart(content: bytes) -> Parts:
    """Takes a JPEG apart.

    Raises:
        Damaged: it is none.
    """
    sorting = Sorting()
    sorting.put(slice_of(content, 0, len(_SOI)), stays=True)
    position = len(_SOI)
    while True:
        position = _at_marker(content, position)
        marker = content[position + 1]
        if marker == _EOI:
            sorting.put(content[position : position + 2], stays=True)
            sorting.put(content[position + 2 :], stays=False)
            return sorting.parts()
        if marker in _ALONE:
            sorting.put(content[position : position + 2], stays=True)
            position += 2
            continue
        size = number_at(content, position + 2, 2)
        if size < 2:
            raise Damaged("A segment is shorter than its own length.")
        segment = slice_of(content, position, 2 + size)
        position += len(segment)
        _sort(sorting, marker, segment)
        if marker == _SOS:
            found = _MARKER.search(content, position)
            end = found.start() if found else len(content)
            sorting.put(content[position:end], stays=True)
            if found is None:
                # The end was lost on the way; what is there can be shown.
                return sorting.parts()
            position = end


def _at_marker(content: bytes, position: int) -> int:
    """The place of the next marker; any number of fill bytes may stand before it."""
    if slice_of(content, position, 2)[0] != 0xFF:
        raise Damaged(f"There is no marker at {position}.")
    while number_at(content, position + 1, 1) == 0xFF:
        position += 1
    return position


def _sort(sorting: Sorting, marker: int, segment: bytes) -> None:
    body = segment[4:]
    is_extra = marker in _APPLICATIONS or marker == _COMMENT
    stays = not is_extra or (marker in _KEPT and body.startswith(_KEPT[marker]))
    if stays and marker == 0xE0 and len(body) > _JFIF_WITHOUT_PREVIEW:
        sorting.put(_without_preview(body), stays=True)
        sorting.put(body[_JFIF_WITHOUT_PREVIEW:], stays=False)
    else:
        sorting.put(segment, stays=stays)


def _without_preview(body: bytes) -> bytes:
    """A JFIF segment whose last two bytes say that no preview follows."""
    kept = body[: _JFIF_WITHOUT_PREVIEW - 2] + b"\0\0"
    return b"\xff\xe0" + (len(kept) + 2).to_bytes(2, "big") + kept
