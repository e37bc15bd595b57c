"""Pictures as cameras and programs write them, and what exiftool finds in them."""

import io
import json
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageCms

EXIFTOOL: Final = shutil.which("exiftool")
WHY_SKIPPED: Final = "exiftool is not installed; .ci/run installs it"

GROUPS: Final = ("EXIF", "XMP", "IPTC", "Photoshop", "MakerNotes", "MPF", "FlashPix", "JUMBF")
"""Groups of tags that no picture may have when it leaves."""

POSITION: Final = ("-EXIF:GPSLatitude=65.584", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=22.15")
NAMES: Final = (
    *("-EXIF:Artist=Elsa Niemi", "-EXIF:Model=Hasselblad", "-EXIF:SerialNumber=4711"),
    *("-XMP:Creator=Elsa Niemi", "-XMP:City=Jokkmokk"),
)
IPTC: Final = ("-IPTC:By-line=Elsa Niemi", "-IPTC:City=Jokkmokk", "-Comment=Elsa Niemi was here")
WITH_IPTC: Final = ("JPEG",)
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ENDINGS: Final = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}


def scene() -> Image.Image:
    """A picture wider than high, another in each corner."""
    picture = Image.radial_gradient("L").resize((96, 64)).convert("RGB")
    for box, colour in (
        ((0, 0, 32, 24), "red"),
        ((64, 0, 96, 24), "lime"),
        ((0, 40, 32, 64), "blue"),
    ):
        picture.paste(colour, box)
    return picture


@cache
def profile() -> bytes:
    """A colour profile, which says when it was made."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    if kind != "GIF":
        options.setdefault("icc_profile", profile())
    picture.save(file, kind, **options)
    return file.getvalue()


def told(folder: Path, kind: str, *, orientation: int = 1, position: bool = True) -> bytes:
    """A picture in which exiftool has written who took it, and where."""
    path = folder / f"told.{ENDINGS[kind]}"
    quality = {"quality": 90} if kind == "JPEG" else {}
    path.write_bytes(encoded(scene(), kind, **quality))
    tags = [*NAMES, *(POSITION if position else ())]
    if kind == "GIF":
        tags = ["-XMP:Creator=Elsa Niemi", "-XMP:City=Jokkmokk", "-Comment=Elsa Niemi was here"]
        tags += ["-XMP:GPSLatitude=65.584"] if position else []
    if kind in WITH_IPTC:
        tags += IPTC
    if orientation != 1:
        tags.append(f"-EXIF:Orientation#={orientation}")
    assert EXIFTOOL
    subprocess.run([EXIFTOOL, "-q", "-overwrite_original", *tags, path], check=True)
    return path.read_bytes()


def tags_in(paths: Iterable[Path]) -> dict[str, Any]:
    """The tags of forbidden groups that exiftool finds, by file; nothing where there are none."""
    assert EXIFTOOL
    arguments = [EXIFTOOL, "-j", "-G1", "-a", "-u", "-ee", *map(str, paths)]
    made = subprocess.run(arguments, check=False, capture_output=True, text=True)
    found: dict[str, Any] = {}
    for entry in json.loads(made.stdout or "[]"):
        name = entry.pop("SourceFile")
        if tags := {tag: value for tag, value in entry.items() if _is_forbidden(tag)}:
            found[name] = tags
    return found


def _is_forbidden(tag: str) -> bool:
    group, _colon, name = tag.partition(":")
    told_by = (*GROUPS, "IFD0", "IFD1", "ExifIFD", "GPS", "InteropIFD")
    return group.split("-")[0] in told_by or name in ("Comment", "TrailerSignature")


def png_of(width: int, height: int, *chunks: tuple[bytes, bytes], rows: int | None = None) -> bytes:
    """A black PNG of one bit a pixel, written without a picture in memory.

    Args:
        chunks: names and contents of further chunks, which stand before the picture.
        rows: how many rows are really in it; all where it is ``None``.
    """
    row = bytes(1 + (width + 7) // 8)
    packed = zlib.compress(row * (height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), *chunks, (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
