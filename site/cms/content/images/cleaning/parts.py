"""The parts of a file, and what becomes of them."""

from dataclasses import dataclass


class Damaged(ValueError):
    """Raised for a file that is not built as its format has it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file that was taken apart.

    Attributes:
        kept: the file without what was removed.
        removed: what was removed, piece by piece.
    """

    kept: bytes
    removed: tuple[bytes, ...]


class Sorting:
    """Gathers pieces of a file, those that stay and those that go."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._removed: list[bytes] = []

    def put(self, piece: bytes, *, stays: bool) -> None:
        """Adds a piece."""
        if piece:
            (self._kept if stays else self._removed).append(piece)

    def parts(self) -> Parts:
        """The file that stays, and what goes."""
        return Parts(b"".join(self._kept), tuple(self._removed))


def slice_of(content: bytes | bytearray, start: int, size: int) -> bytes:
    """A part of a file.

    Raises:
        Damaged: the file ends before.
    """
    if start < 0 or size < 0 or start + size > len(content):
        raise Damaged(f"The file ends before {start + size}.")
    return bytes(content[start : start + size])


def number_at(content: bytes | bytearray, start: int, size: int, *, little: bool = False) -> int:
    """A number without a sign."""
    return int.from_bytes(slice_of(content, start, size), "little" if little else "big")
