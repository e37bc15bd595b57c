"""Makes a picture tell no more than it shows, and stand upright."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from PIL import ExifTags, Image
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
    is what it is. A file of another format comes back as it is, and so does one that moves and is
    to be turned: it is only cleaned.

    Raises:
        NoPicture: it is damaged.
    """
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
    turned = take_apart(_turned(parts.kept, orientation)).kept
    return CleanedPicture(turned, is_turned=orientation in _ON_ITS_SIDE, had_position=had_position)


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
    try:
        return Image.open(BytesIO(content))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture(str(error)) from error


def _orientation(content: bytes) -> int:
    """The orientation as Pillow sees it, from 1 to 8; a format that it does not know is upright."""
    try:
        with Image.open(BytesIO(content)) as picture:
            found = picture.getexif().get(ExifTags.Base.Orientation, _UPRIGHT)
            is_moving = getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO"
    except Exception:  # noqa: BLE001 - EXIF may be damaged in any way
        return _UPRIGHT
    return found if found in range(2, 9) and not is_moving else _UPRIGHT


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
        return _saved(picture, picture.transpose(_TURNS[orientation]), options)


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
    try:
        picture.save(file, opened.format, exif=b"", **kept, **options)
    except (OSError, ValueError, SyntaxError) as error:
        raise NoPicture(str(error)) from error
    return file.getvalue()
