"""A file that is dear to make and asked for often: made once for each state of the content.

It is kept compressed under ``DATA_DIR``. Who asks first has it made, and who asks meanwhile, of
whichever process, waits for it. It is made before anybody reads it: no reader who is slow or goes
away holds up the others, and the database is read no longer than the making takes.
"""

import fcntl
import hashlib
import time
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from cms.common.atomic_files import replaced_file

GZIP: Final = 31
"""What zlib calls a gzip stream of the largest window."""
_LEVEL: Final = 6
_PIECE: Final = 1 << 16
_PATIENCE: Final = 300.0
_BETWEEN_LOOKS: Final = 0.1
"""Seconds."""


def compressed(content: Iterator[bytes]) -> Iterator[bytes]:
    """A gzip stream of what comes in pieces."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, GZIP)
    for piece in content:
        if packed := compressor.compress(piece):
            yield packed
    yield compressor.flush()


def decompressed(content: Iterator[bytes]) -> Iterator[bytes]:
    """The content of a gzip stream."""
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
    with _opened(path, name, content) as file:
        while piece := file.read(_PIECE):
            yield piece


def _opened(path: Path, name: str, content: Iterator[bytes]) -> BinaryIO:
    """The file, made if nobody has yet."""
    with suppress(FileNotFoundError):
        return path.open("rb")
    with _one_at_a_time(path.with_name(f".{name}.lock")):
        with suppress(FileNotFoundError):
            return path.open("rb")
        with replaced_file(path) as beside, beside.open("wb") as file:
            file.writelines(compressed(content))
        for other in path.parent.glob(f"{name}.*.gz"):
            if other != path:
                other.unlink(missing_ok=True)
        return path.open("rb")


@contextmanager
def _one_at_a_time(path: Path) -> Generator[None]:
    """Has others wait, in this process and in others, until it is left.

    A process that dies lets go. Whoever has waited for one that hangs goes on without it: then two
    make the same, each beside its place, and no harm is done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        give_up = time.monotonic() + _PATIENCE
        while time.monotonic() < give_up:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_BETWEEN_LOOKS)
        yield
