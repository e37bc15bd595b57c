"""Cuts a file of lines into runs, so that of a long file only the runs that are new need to travel.

A run ends where its last line says so, as in content-defined chunking: what is put in, changed or
taken out makes the run around it another, and leaves all others as they were, wherever they stand.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from cms.export.bundle.destination import Destination

Run = str
"""What a manifest says of a run: its size in bytes, a space, and the first half of its SHA-256."""

LINES_ON_AVERAGE: Final = 16
_LARGEST: Final = 1024 * 1024
_DIGITS: Final = 32


class Runs:
    """A file of lines that is written in runs.

    Args:
        whole: what has the whole file, with the runs of it.
    """

    def __init__(self, name: str, lines: Iterable[bytes], whole: Destination) -> None:
        self.name, self.whole = name, whole
        self.said: list[Run] = []
        self._runs = self._saying(lines)

    def store(self) -> None:
        """Stores all of them."""
        self.whole.write(self.name, self._runs, runs=self.said)

    def store_new(self, bundle: Destination, known: Iterable[Run]) -> None:
        """Stores those that are not known, if there are any, in another bundle."""
        before = set(known)
        runs = self.whole.passing(self.name, self._runs, runs=self.said)
        new = (run for run in runs if self.said[-1] not in before)
        for first in new:
            bundle.write(self.name, chain([first], new))

    def _saying(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for run in runs_of(lines):
            self.said.append(said_of(run))
            yield run


def runs_of(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines, some at a time."""
    run: list[bytes] = []
    size = 0
    for line in lines:
        run.append(line)
        size += len(line)
        if zlib.crc32(line) % LINES_ON_AVERAGE == 0 or size >= _LARGEST:
            yield b"".join(run)
            run, size = [], 0
    if run:
        yield b"".join(run)


def said_of(run: bytes) -> Run:
    """The line of a manifest on a run."""
    return f"{len(run)} {hashlib.sha256(run).hexdigest()[:_DIGITS]}"
