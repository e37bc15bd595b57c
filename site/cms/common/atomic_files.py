"""Writes files and folders beside their place and puts them there when they are whole.

Whoever reads meanwhile has the old one, or nothing, and never a half; so has who finds what a
machine that stopped left behind.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced_file(
    path: Path, *, beside_in: Path | None = None, durable: bool = True
) -> Generator[Path]:
    """A path to write to; it becomes ``path`` when nothing went wrong.

    Args:
        beside_in: the folder in which it is until then, on the same file system; that of ``path``
            without it.
        durable: has the disk hold it before it takes its place. Without it, a machine that loses
            power may leave an empty file; whoever writes thousands flushes them together.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=beside_in or path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        _made_readable(beside)
        if durable:
            _flushed(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replaced_folder(path: Path) -> Generator[Path]:
    """A folder to write into; it becomes ``path`` when nothing went wrong.

    A folder that was there stands beside its place for an instant while the two change: POSIX
    knows no exchange of folders.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        yield beside
        beside.chmod(0o777 & ~_mask())
        if path.exists():
            former = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
            path.replace(former / path.name)
            beside.replace(path)
            shutil.rmtree(former)
        else:
            beside.replace(path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _made_readable(path: Path) -> None:
    """As any new file is: temporary ones are for their owner alone."""
    path.chmod(0o666 & ~_mask())


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flushed(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
