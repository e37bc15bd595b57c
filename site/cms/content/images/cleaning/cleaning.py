"""Makes a picture tell no more than it shows, and stand upright."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from PIL import ExifTags, Image, ImageSequence, PngImagePlugin
from PIL.JpegImagePlugin import get_sampling

from cms.content.images.cleaning import gif, heif, jpeg, png, webp
from cms.content.images.cleaning.parts import Damaged, Parts

FORMATS: Final = frozenset({"avif", "gif", "heic", "heif", "jpeg", "jpg", "png", "webp"})
"""Endings of the files that are cleaned."""

_UPRIGHT: Final = 1
_ON_ITS_SIDE: Final = range(5, 9)
_TIFF: Final = (b"II*\0", b"MM\0*")
_XMP_POSITION: Final = b"GPSLatitude"
_WEBP_QUALITY: Final = 95
_AVIF_QUALITY: Final = 90
_SAME_SAMPLING: Final = (0, 2)
"""4:4:4 and 4:2:0, which are the same on their side."""


_TURNED_FRAME_BY_FRAME: Final = ("PNG", "WEBP")
MOST_PIXELS: Final = 40_000_000
"""Of all frames together of a picture that moves and is turned: all are in memory at once."""


UNREADABLE: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""Raised by Pillow, Willow and the libraries below them for what is no sound picture."""


class NoPicture(ValueError):
    """Raised for a file that cannot be taken apart, nor opened and stored anew."""


@dataclass(frozen=True, slots=True)
class CleanedPicture:
    """A picture and what was done to it.

    Attributes:
        is_turned: whether width and height are exchanged.
        had_position: whether it said where it was taken.
    """

    content: bytes
    is_turned: bool = False
    had_position: bool = False


def clean(content: bytes) -> CleanedPicture:
    """A picture without EXIF, XMP, IPTC and comments, turned as EXIF said.

    Where there is nothing to be turned, what is seen stays the same to the byte. Cleaned again, it
    is what it is. One that moves is turned frame by frame, up to :data:`MOST_PIXELS`. A file of
    another format comes back as it is.

    Raises:
        NoPicture: it is damaged.
    """
    try:
        return _cleaned(content)
    except NoPicture:
        raise
    except UNREADABLE as error:
        raise NoPicture(str(error)) from error


def _cleaned(content: bytes) -> CleanedPicture:
    take_apart = _way_to_take_apart(content)
    if take_apart is None:
        return CleanedPicture(content)
    try:
        parts = take_apart(content)
    except Damaged:
        # What a browser may show all the same is stored as a sound file, and that is cleaned.
        content = _stored_anew(content)
        parts = take_apart(content)
    had_position = any(map(_has_position, parts.removed))
    # An AVIF says it in the picture itself, which stays.
    orientation = _orientation(parts.kept if take_apart is heif.take_apart else content)
    if orientation == _UPRIGHT:
        return CleanedPicture(parts.kept, had_position=had_position)
    try:
        turned = take_apart(_turned(parts.kept, orientation)).kept
    except _CannotTurn:
        return CleanedPicture(parts.kept, had_position=had_position)
    return CleanedPicture(turned, is_turned=orientation in _ON_ITS_SIDE, had_position=had_position)


def without_metadata(content: bytes) -> bytes:
    """The file without what it does not show, as it lies; one that is damaged as it is.

    Nothing is decoded, and nothing unpacked.
    """
    take_apart = _way_to_take_apart(content)
    if take_apart is None:
        return content
    try:
        return take_apart(content).kept
    except Damaged:
        return content


def _way_to_take_apart(content: bytes) -> Callable[[bytes], Parts] | None:
    for beginning, take_apart in (
        (jpeg.BEGINNING, jpeg.take_apart),
        (png.BEGINNING, png.take_apart),
        (gif.BEGINNING, gif.take_apart),
    ):
        if content.startswith(beginning):
            return take_apart
    if content.startswith(webp.BEGINNING) and content[8:12] == webp.KIND:
        return webp.take_apart
    return heif.take_apart if content[heif.TYPE_AT :].startswith(heif.TYPE) else None


def _has_position(piece: bytes) -> bool:
    """Tells whether something that was removed has a position in it, as EXIF or as XMP."""
    if _XMP_POSITION in piece:
        return True
    start = min((place for mark in _TIFF if (place := piece.find(mark)) >= 0), default=-1)
    if start < 0:
        return False
    exif = Image.Exif()
    try:
        exif.load(piece[start:])
        return ExifTags.GPS.GPSLatitude in exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # noqa: BLE001 - whatever Pillow makes of damaged bytes: they are gone
        return False


def _opened(content: bytes) -> Any:
    return Image.open(BytesIO(content))


def _orientation(content: bytes) -> int:
    """The orientation as Pillow sees it, from 1 to 8; a format that it does not know is upright."""
    try:
        with Image.open(BytesIO(content)) as picture:
            found = picture.getexif().get(ExifTags.Base.Orientation, _UPRIGHT)
    except Exception:  # noqa: BLE001 - EXIF may be damaged in any way
        return _UPRIGHT
    return found if found in range(2, 9) else _UPRIGHT


def _stored_anew(content: bytes) -> bytes:
    with _opened(content) as picture:
        is_moving = getattr(picture, "n_frames", 1) > 1
        return _saved(picture, picture, {"save_all": True} if is_moving else {})


def _turned(content: bytes, orientation: int) -> bytes:
    """The picture upright; a JPEG with the tables that it had, so that little is lost."""
    with _opened(content) as picture:
        options: dict[str, Any] = {}
        if picture.format == "JPEG":
            options = _as_it_was(picture, is_on_side=orientation in _ON_ITS_SIDE)
        elif picture.format == "WEBP":
            options = {"lossless": content[12:16] == b"VP8L", "quality": _WEBP_QUALITY}
        elif picture.format == "AVIF":
            options = {"quality": _AVIF_QUALITY}
        if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
            return _turned_frames(picture, _TURNS[orientation], options, content)
        return _saved(picture, picture.transpose(_TURNS[orientation]), options)


class _CannotTurn(Exception):
    """Raised for a picture that moves and would move otherwise when it was turned."""


def _turned_frames(picture: Any, turn: Any, options: dict[str, Any], content: bytes) -> bytes:
    """A picture that moves, each of its frames turned, with the time that each is shown.

    Frames are stored as they are seen. Those that are the same as the one before become one.
    """
    pixels = picture.width * picture.height * picture.n_frames
    if picture.format not in _TURNED_FRAME_BY_FRAME or pixels > MOST_PIXELS:
        raise _CannotTurn
    if picture.format == "WEBP":
        options["lossless"] = b"VP8L" in content and b"VP8 " not in content
    else:
        options |= {"disposal": PngImagePlugin.Disposal.OP_NONE}
        options |= {"blend": PngImagePlugin.Blend.OP_SOURCE}
    frames: list[Any] = []
    times: list[Any] = []
    try:
        for frame in ImageSequence.Iterator(picture):
            frames.append(frame.transpose(turn))
            times.append(frame.info.get("duration"))
        is_apart = bool(picture.info.get("default_image"))
        moving = {"save_all": True, "append_images": frames[1:], "loop": picture.info["loop"]}
        moving |= {"duration": times[is_apart:], "default_image": is_apart}
        turned = _saved(picture, frames[0], options | moving)
    except UNREADABLE as error:
        raise _CannotTurn from error
    if _times(turned) != (picture.info["loop"], sum(times[is_apart:])):
        raise _CannotTurn
    return turned


def _times(content: bytes) -> tuple[int, float]:
    """The times that a picture moves, and how long it takes once in milliseconds."""
    with _opened(content) as picture:
        time = 0.0
        for frame in ImageSequence.Iterator(picture):
            frame.load()  # A WebP says it then.
            time += frame.info.get("duration") or 0
        return picture.info.get("loop", -1), time


_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By what EXIF says of the orientation."""


def _as_it_was(picture: Any, *, is_on_side: bool) -> dict[str, Any]:
    tables = picture.quantization
    sampling = get_sampling(picture)
    if is_on_side:
        tables = {
            number: [table[row + 8 * column] for row in range(8) for column in range(8)]
            for number, table in tables.items()
        }
        sampling = sampling if sampling in _SAME_SAMPLING else 0
    options = {"qtables": tables, "progressive": bool(picture.info.get("progressive"))}
    return options if sampling < 0 else {**options, "subsampling": sampling}


def _saved(opened: Any, picture: Any, options: dict[str, Any]) -> bytes:
    file = BytesIO()
    kept = {"icc_profile": profile} if (profile := opened.info.get("icc_profile")) else {}
    picture.save(file, opened.format, exif=b"", **kept, **options)
    return file.getvalue()
