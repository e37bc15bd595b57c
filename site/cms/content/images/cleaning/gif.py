"""GIF: blocks. Comments and XMP are extensions; so is what says how often a picture moves."""

from typing import Final

from cms.content.images.cleaning.parts import Damaged, Parts, Sorting, number_at, slice_of

BEGINNING: Final = b"GIF8"
_HEAD: Final = 13
_EXTENSION, _PICTURE, _END = 0x21, 0x2C, 0x3B
_DESCRIPTION: Final = 10
_HAS_COLOURS: Final = 0x80
_APPLICATION: Final = 0xFF
_KEPT: Final = frozenset({0xF9, 0x01})
"""Kinds of extension that say how long a picture is shown, and text that is drawn."""
_KEPT_APPLICATIONS: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
"""Applications whose extension says how often it moves, or holds the colour profile."""


def take_apart(content: bytes) -> Parts:
    """Takes a GIF apart.

    Raises:
        Damaged: it is none.
    """
    sorting = Sorting()
    position = _HEAD + _colours(number_at(content, 10, 1))
    sorting.put(slice_of(content, 0, position), stays=True)
    while True:
        if position == len(content):
            # Some programs write no end, and every browser does without.
            sorting.put(bytes([_END]), stays=True)
            return sorting.parts()
        kind = number_at(content, position, 1)
        if kind == _END:
            sorting.put(content[position : position + 1], stays=True)
            sorting.put(content[position + 1 :], stays=False)
            return sorting.parts()
        if kind == _PICTURE:
            colours = _colours(number_at(content, position + _DESCRIPTION - 1, 1))
            # After the colours stands the size of a code, and then the data.
            end = _end_of_data(content, position + _DESCRIPTION + colours + 1)
            stays = True
        elif kind == _EXTENSION:
            end = _end_of_data(content, position + 2)
            label = number_at(content, position + 1, 1)
            name = content[position + 3 : position + 14]
            stays = label in _KEPT or (label == _APPLICATION and name in _KEPT_APPLICATIONS)
        else:
            raise Damaged(f"There is no block {kind:#x}.")
        sorting.put(content[position:end], stays=stays)
        position = end


def _colours(said: int) -> int:
    """Bytes of a table of colours, of which the lowest three bits say the size."""
    return 3 << ((said & 7) + 1) if said & _HAS_COLOURS else 0


def _end_of_data(content: bytes, position: int) -> int:
    while size := number_at(content, position, 1):
        position += 1 + size
    return position + 1
