"""Compression that is done once, when a document is published.

A gzip stream is kept without its header. Its deflated bytes end on a byte and refer to nothing
before them, so that those of twenty documents, one behind the other, are one stream again: a list
is sent compressed without compressing anything but the commas between its documents.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal

import brotli

Encoding = Literal["br", "gzip", "identity"]

_RAW_DEFLATE: Final = -15
_LEVEL: Final = 9
_BROTLI_QUALITY: Final = 6
"""Nearly the smallest; the highest takes ten times as long and saves a few per cent."""

GZIP_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
"""Without a time, so that the same content gives the same bytes."""
_END_OF_STREAM: Final = b"\x03\x00"
_TRAILER: Final = len(_END_OF_STREAM) + 8
_32_BITS: Final = 0xFFFFFFFF
_LONGEST_HEADER: Final = 200


def deflate(body: bytes) -> bytes:
    """A gzip stream of a body, without its header."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
    # A full flush ends on a byte and forgets what stood before.
    part = compressor.compress(body) + compressor.flush(zlib.Z_FULL_FLUSH)
    return part + _end(zlib.crc32(body), len(body))


def gzip_of(deflated: bytes) -> bytes:
    """The gzip stream of one body that was deflated before."""
    return GZIP_HEADER + deflated


class GzipStream:
    """The size and checksum of one gzip stream of several bodies, for its end."""

    def __init__(self) -> None:
        self._checksum = 0
        self._size = 0

    def count(self, body: bytes) -> None:
        """Adds a body, or several that stand one behind the other."""
        self._checksum = zlib.crc32(body, self._checksum)
        self._size += len(body)

    def end(self) -> bytes:
        """The end of the stream, behind the last body."""
        return _end(self._checksum, self._size)


def joinable(deflated: bytes) -> bytes:
    """A body that :func:`deflate` has made, so that another can follow."""
    return deflated[:-_TRAILER]


def gzip_stream(parts: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """One gzip stream of several bodies.

    Args:
        parts: each body with what :func:`deflate` made of it.
    """
    stream = GzipStream()
    yield GZIP_HEADER
    for body, deflated in parts:
        stream.count(body)
        yield joinable(deflated)
    yield stream.end()


def _end(checksum: int, size: int) -> bytes:
    return _END_OF_STREAM + struct.pack("<II", checksum, size & _32_BITS)


def with_brotli(body: bytes) -> bytes:
    """A body compressed with Brotli."""
    compressed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return compressed


@lru_cache(maxsize=256)
def _weights(accepted: str) -> dict[str, float]:
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
    return weights


def chosen_encoding(accepted: str, offered: tuple[Encoding, ...]) -> Encoding:
    """The first of the offered encodings that a client takes, by its ``Accept-Encoding``.

    What the header forbids (``q=0``) is not sent; one that cannot be read gets identity.
    """
    if not accepted or len(accepted) > _LONGEST_HEADER:
        return "identity"
    weights = _weights(accepted)
    for encoding in offered:
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return "identity"
