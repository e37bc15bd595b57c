"""Writes the exports of one snapshot: of each language, and of all, in one walk of the documents.

They lie in a folder of their version, and the address of all exports is one link to it.
"""

from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db import connection

from cms.common.server_side_cursor import streamed
from cms.delivery.caching.tags import ALL
from cms.delivery.endpoints.exports import description_address
from cms.delivery.endpoints.ndjson import ROWS_AT_A_TIME, ExportQuery, header_line
from cms.delivery.http.compression import GZIP_HEADER, GzipStream, deflate, joinable
from cms.export.mirror.atomic_writes import MirrorRoot
from cms.languages.registry import LANGUAGES, NO_LANGUAGE

_ROWS: Final = (
    "SELECT locale, body, deflated FROM delivery_publisheddocument WHERE listed ORDER BY sequence"
)
_NEWLINE: Final = joinable(deflate(b"\n"))

Lines = tuple[bytes, bytes]
"""Some lines as they are, and deflated."""


class _Export:
    """One export that is being written, as it is and, where wanted, as a gzip stream."""

    def __init__(self, stack: ExitStack, path: Path, *, compressed: bool) -> None:
        self.plain: BinaryIO = stack.enter_context(path.open("wb", buffering=0))
        self.stream: GzipStream | None = None
        if compressed:
            self.stream = GzipStream()
            beside = path.with_name(f"{path.name}.gz")
            self.compressed: BinaryIO = stack.enter_context(beside.open("wb", buffering=0))
            self.compressed.write(GZIP_HEADER)

    def add(self, lines: Lines) -> None:
        self.plain.write(lines[0])
        if self.stream is not None:
            self.stream.count(lines[0])
            self.compressed.write(lines[1])

    def end(self) -> None:
        if self.stream is not None:
            self.compressed.write(self.stream.end())


def write_exports(place: MirrorRoot, folder: str, *, compressed: bool) -> dict[str, int]:
    """Writes all exports into a folder.

    Returns:
        The size in bytes of each file.
    """
    beside = place.new_folder()
    counts = _counts()
    with ExitStack() as stack:
        exports = {
            code: _Export(stack, Path(beside, f"{code}.ndjson"), compressed=compressed)
            for code in (*LANGUAGES, ALL)
        }
        for code, export in exports.items():
            query = ExportQuery(None if code == ALL else code, description_address())
            line = header_line(query, counts)
            export.add((line, joinable(deflate(line))))
        for rows in streamed(_ROWS, (), ROWS_AT_A_TIME):
            for code, lines in _lines(rows, compressed=compressed).items():
                if code in exports:
                    exports[code].add(lines)
        for export in exports.values():
            export.end()
    sizes = sizes_in(Path(beside))
    place.settle(beside, folder)
    return sizes


def sizes_in(folder: Path) -> dict[str, int]:
    """The size in bytes of each file in a folder; nothing where there is none."""
    try:
        return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    except FileNotFoundError:
        return {}


def _lines(rows: list[tuple[Any, ...]], *, compressed: bool) -> dict[str, Lines]:
    """The lines of some documents: of each language, and of all."""
    everything: list[Lines] = []
    by_code: dict[str, list[Lines]] = defaultdict(list)
    for code, body, deflated in rows:
        line = body, joinable(deflated) if compressed else b""
        everything.append(line)
        # What has no language is of every language.
        for each in (code,) if code != NO_LANGUAGE else LANGUAGES:
            by_code[each].append(line)
    joined = _joined(everything)
    return {
        code: joined if len(found) == len(everything) else _joined(found)
        for code, found in by_code.items()
    } | {ALL: joined}


def _joined(documents: list[tuple[bytes, bytes]]) -> Lines:
    plain, deflated = zip(*documents, strict=True)
    return b"\n".join((*plain, b"")), _NEWLINE.join((*deflated, b""))


def _counts() -> dict[str, int]:
    """The number of documents in each language."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT locale, COUNT(*) FROM delivery_publisheddocument WHERE listed GROUP BY locale"
        )
        return dict(cursor.fetchall())
