"""A file that is dear to make and asked for often: made once for each state of the content.

It is kept compressed under ``DATA_DIR``. Who asks first gets it while it is made; it takes its
place when it is whole, and the one of the state before goes.
"""

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from norrbotten.export.replacing import replaced_file

GZIP: Final = 31
"""What zlib calls a gzip stream of the largest window."""
_LEVEL: Final = 6
_PIECE: Final = 1 << 16


def compressed(content: Iterator[bytes]) -> Iterator[bytes]:
    """A gzip stream of what comes in pieces."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, GZIP)
    for piece in content:
        if packed := compressor.compress(piece):
            yield packed
    yield compressor.flush()


def decompressed(content: Iterator[bytes]) -> Iterator[bytes]:
    """What a gzip stream holds."""
    decompressor = zlib.decompressobj(GZIP)
    for packed in content:
        if piece := decompressor.decompress(packed):
            yield piece
    yield decompressor.flush()


def kept_compressed(name: str, state: str, content: Iterator[bytes]) -> Iterator[bytes]:
    """A gzip stream of a file as it is in a state of the content.

    Args:
        name: of the file, with its ending.
        state: another whenever the file may be another.
        content: makes it; is not begun where the file is kept.
    """
    folder = Path(settings.DATA_DIR) / "exports" / "public"
    path = folder / f"{name}.{hashlib.sha256(state.encode()).hexdigest()[:32]}.gz"
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
        return
    except FileNotFoundError:
        pass
    # A reader who goes away before the end leaves nothing behind.
    with replaced_file(path) as beside, beside.open("wb") as file:
        for piece in compressed(content):
            file.write(piece)
            yield piece
    for other in folder.glob(f"{name}.*.gz"):
        if other != path:
            other.unlink(missing_ok=True)
