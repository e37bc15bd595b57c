"""WebP: a RIFF file of chunks, the first of which says which others there are."""

from typing import Final

from cms.content.images.cleaning.parts import Damaged, Parts, Sorting, number_at, slice_of

BEGINNING: Final = b"RIFF"
KIND: Final = b"WEBP"
_HEAD: Final = 12
_EXTENDED: Final = b"VP8X"
_KEPT: Final = frozenset({b"VP8 ", b"VP8L", _EXTENDED, b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_HAS_EXIF_OR_XMP: Final = 0x0C


def take_apart(content: bytes) -> Parts:
    """Takes a WebP apart.

    Raises:
        Damaged: it is none.
    """
    if content[8:_HEAD] != KIND:
        raise Damaged("It is another kind of RIFF file.")
    end = min(number_at(content, 4, 4, little=True) + 8, len(content))
    sorting = Sorting()
    position = _HEAD
    while position < end:
        size = number_at(content, position + 4, 4, little=True)
        chunk = slice_of(content, position, 8 + size)
        position += len(chunk) + size % 2
        name = chunk[:4]
        if name == _EXTENDED:
            chunk = chunk[:8] + bytes([chunk[8] & ~_HAS_EXIF_OR_XMP]) + chunk[9:]
        if name in _KEPT:
            sorting.put(chunk + b"\0" * (size % 2), stays=True)
        else:
            sorting.put(chunk[8:], stays=False)
    sorting.put(content[end:], stays=False)
    parts = sorting.parts()
    if not parts.kept:
        raise Damaged("There is no picture in it.")
    body = KIND + parts.kept
    return Parts(BEGINNING + len(body).to_bytes(4, "little") + body, parts.removed)
