"""Judges a picture before anything is made of it: its size, whether it is whole, whether it moves.

Its size is read from its head. What would fill the memory is refused before a pixel of it is there,
and pictures are decoded one at a time in a process.
"""

from io import BytesIO
from threading import Lock
from typing import Any, Final

from django.conf import settings
from PIL import Image

from cms.content.images.cleaning.cleaning import UNREADABLE, NoPicture, without_metadata

ONE_AT_A_TIME: Final = Lock()
"""Held while a picture is decoded: four at once take four times the memory."""

_MILLION: Final = 1_000_000
_SMALLER: Final = 8
"""A JPEG is read to its end at an eighth of its size, for a sixty-fourth of the memory."""


class TooManyPixels(NoPicture):
    """Raised for a picture that would fill the memory.

    Attributes:
        millions: its pixels, as far as they are known.
    """

    def __init__(self, pixels: int | None = None) -> None:
        super().__init__("It has too many pixels.")
        self.millions = None if pixels is None else -(-pixels // _MILLION)


def most_pixels() -> int:
    """The most pixels that a picture may have to be taken."""
    return int(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height, from the head of the file.

    Raises:
        NoPicture: it has none that can be read.
        TooManyPixels: Pillow refuses to look further.
    """
    with _opened(content) as picture:
        width, height = picture.size
        return width, height


def check_pixels(content: bytes) -> None:
    """Refuses a picture with more pixels than :func:`most_pixels`, without decoding it.

    Raises:
        TooManyPixels: it has more.
        NoPicture: it cannot be read.
    """
    width, height = size_of(content)
    if width * height > most_pixels():
        raise TooManyPixels(width * height)


def check_whole(content: bytes) -> None:
    """Refuses a picture that breaks off or cannot be decoded.

    Raises:
        NoPicture: it cannot be.
    """
    with ONE_AT_A_TIME, _opened(content) as picture:
        picture.draft(None, (picture.width // _SMALLER, picture.height // _SMALLER))
        try:
            picture.load()
        except UNREADABLE as error:
            raise NoPicture(str(error)) from error


def moves(content: bytes) -> bool:
    """Tells whether a picture has more than one frame; its renditions show the first."""
    with _opened(content) as picture:
        # Of an MPO the others are what a camera has put behind the picture.
        return picture.format != "MPO" and bool(getattr(picture, "is_animated", False))


def _opened(content: bytes) -> Any:
    """A picture of which the head is read; what its texts unpack to is not."""
    try:
        return Image.open(BytesIO(without_metadata(content)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except UNREADABLE as error:
        raise NoPicture(str(error)) from error
