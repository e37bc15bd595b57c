"""Compression that is done once, when a document is published.

A gzip stream is kept as a *part*: deflated bytes that end on a byte and close nothing. Parts that
stand one behind the other are one deflated stream, so that a list of twenty stored documents is
sent compressed without compressing anything but the commas between them.
"""

import struct
import zlib
from collections.abc import Iterable
from typing import Final, Literal

import brotli

Encoding = Literal["br", "gzip", "identity"]

_RAW_DEFLATE: Final = -15
_LEVEL: Final = 9
_BROTLI_QUALITY: Final = 6
"""Nearly the smallest; the highest takes ten times as long and saves a few per cent."""

_GZIP_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""Without a time, so that the same content gives the same bytes."""
_END_OF_STREAM: Final = b"\x03\x00"
_32_BITS: Final = 0xFFFFFFFF


def deflated_part(body: bytes) -> bytes:
    """A body as a part of a gzip stream."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
    # A full flush forgets what stood before, so that a part never refers to another.
    return compressor.compress(body) + compressor.flush(zlib.Z_FULL_FLUSH)


def as_gzip(parts: Iterable[tuple[bytes, bytes]]) -> bytes:
    """One gzip stream of several bodies.

    Args:
        parts: each body with its deflated part.
    """
    checksum, size, stream = 0, 0, [_GZIP_HEADER]
    for body, part in parts:
        checksum = zlib.crc32(body, checksum)
        size += len(body)
        stream.append(part)
    stream += [_END_OF_STREAM, struct.pack("<II", checksum, size & _32_BITS)]
    return b"".join(stream)


def with_brotli(body: bytes) -> bytes:
    """A body compressed with Brotli."""
    compressed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return compressed


def chosen_encoding(accepted: str, offered: tuple[Encoding, ...]) -> Encoding:
    """The first of the offered encodings that a client takes, by its ``Accept-Encoding``.

    What the header forbids (``q=0``) is not sent; a header that cannot be read gets identity.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameters = part.strip().partition(";")
        weight = 1.0
        if parameters.strip().startswith("q="):
            try:
                weight = float(parameters.strip()[2:])
            except ValueError:
                weight = 0.0
        weights[name.strip()] = weight
    for encoding in offered:
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return "identity"
