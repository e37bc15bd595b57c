"""PNG and APNG: chunks, each with a name. Text, time and EXIF are chunks of their own."""

from typing import Final

from cms.content.images.cleaning.parts import Damaged, Parts, Sorting, number_at, slice_of

BEGINNING: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
        *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"),
        *(b"bKGD", b"hIST", b"pHYs", b"sPLT"),
        *(b"acTL", b"fcTL", b"fdAT"),
    }
)
"""The picture, its colours, its size, and the frames of one that moves."""
_AROUND: Final = 12
"""Bytes of a chunk's length, name and checksum."""


def take_apart(content: bytes) -> Parts:
    """Takes a PNG apart.

    Raises:
        Damaged: it is none.
    """
    sorting = Sorting()
    sorting.put(BEGINNING, stays=True)
    position = len(BEGINNING)
    while position < len(content):
        size = number_at(content, position, 4)
        chunk = slice_of(content, position, size + _AROUND)
        name = chunk[4:8]
        sorting.put(chunk if name in _KEPT else chunk[8:-4], stays=name in _KEPT)
        position += len(chunk)
        if name == b"IEND":
            sorting.put(content[position:], stays=False)
            return sorting.parts()
    raise Damaged("It has no end.")
