"""Writes what leaves into files: complete, or not at all."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.text import slugify

from cms.exchange.exporting import documents, header
from cms.exchange.formats import FORMATS
from cms.exchange.selection import Selection
from cms.exchange.units import Document

Progress = Callable[[int], None]
"""Told how many pages and snippets are written."""


@dataclass(slots=True)
class Written:
    """What was written: files, pages and snippets, strings."""

    files: int = 0
    documents: int = 0
    units: int = 0


def write_file(
    selection: Selection, format_name: str, path: Path, progress: Progress | None = None
) -> Written:
    """Writes everything selected into one file; there is none when nothing is selected.

    Raises:
        SelectionError: the language or the path does not exist.
        OSError: the file cannot be written.
    """
    written = Written()
    chosen = _counted(documents(selection), written, progress)
    first = next(chosen, None)
    if first is None:
        return written
    with _replaced(path) as file:
        FORMATS[format_name].write(header(selection.language), _again(first, chosen), file)
    written.files = 1
    return written


def write_folder(
    selection: Selection, format_name: str, folder: Path, progress: Progress | None = None
) -> Written:
    """Writes a file for each page and snippet selected; other files there are left alone."""
    written = Written()
    file_format = FORMATS[format_name]
    folder.mkdir(parents=True, exist_ok=True)
    top = header(selection.language)
    for document in _counted(documents(selection), written, progress):
        name = file_name(document.title, selection.language, file_format.extension, document)
        with _replaced(folder / name) as file:
            file_format.write(top, [document], file)
        written.files += 1
    return written


def file_name(title: str, language: str, extension: str, document: Document | None = None) -> str:
    """``kultur-1a2b3c4d.smj.xlf``: readable, and another for each page of the same title."""
    words = re.sub(r"-+", "-", slugify(title))[:60].strip("-")
    key = f"{document.key}"[:8] if document else ""
    return f"{'-'.join(part for part in (words, key) if part)}.{language}{extension}"


def _counted(
    chosen: Iterable[Document], written: Written, progress: Progress | None
) -> Iterator[Document]:
    for document in chosen:
        written.documents += 1
        written.units += len(document.units)
        yield document
        if progress is not None:
            progress(written.documents)


def _again(first: Document, others: Iterator[Document]) -> Iterator[Document]:
    yield first
    yield from others


@contextmanager
def _replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place when it is complete; a reader never sees half of it."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            yield file
        except BaseException:
            temporary.unlink()
            raise
    temporary.chmod(0o644)
    temporary.replace(path)
