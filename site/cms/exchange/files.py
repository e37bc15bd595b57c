"""Writes translators' files: complete, or not at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cms.common.atomic_files import replaced_file
from cms.common.foreign_files import refuse_foreign_file
from cms.common.progress import ReportDone
from cms.exchange.exporting import header, unit_groups
from cms.exchange.formats import FORMATS
from cms.exchange.formats.format import MARKS
from cms.exchange.selection import Selection
from cms.exchange.units import UnitGroup
from cms.languages.slugs import ascii_slug


@dataclass(slots=True)
class Written:
    """Counts of what was written: files, pages and snippets, strings.

    Attributes:
        keys: translation keys of the pages and snippets.
    """

    files: int = 0
    groups: int = 0
    units: int = 0
    keys: list[UUID] = field(default_factory=list)


def write_file(
    selection: Selection, format_name: str, path: Path, progress: ReportDone | None = None
) -> Written:
    """Writes everything selected into one file; there is none when nothing is selected.

    Raises:
        SelectionError: the language or the path does not exist.
        ForeignFile: another program's file is there.
        OSError: the file cannot be written.
    """
    written = Written()
    chosen = _counted(unit_groups(selection), written, progress)
    first = next(chosen, None)
    if first is None:
        return written
    refuse_foreign_file(path, *MARKS)
    with replaced_file(path) as beside, beside.open("wb") as file:
        FORMATS[format_name].write(header(selection.language), _again(first, chosen), file)
    written.files = 1
    return written


def write_folder(
    selection: Selection, format_name: str, folder: Path, progress: ReportDone | None = None
) -> Written:
    """Writes a file for each page and snippet selected; other files there are left alone."""
    written = Written()
    file_format = FORMATS[format_name]
    folder.mkdir(parents=True, exist_ok=True)
    top = header(selection.language)
    for group in _counted(unit_groups(selection), written, progress):
        name = file_name(group.title, selection.language, file_format.extension, group)
        path = folder / name
        refuse_foreign_file(path, *MARKS)
        with replaced_file(path, durable=False) as beside, beside.open("wb") as file:
            file_format.write(top, [group], file)
        written.files += 1
    return written


def file_name(title: str, language: str, extension: str, group: UnitGroup | None = None) -> str:
    """``kultur-1a2b3c4d.smj.xlf``: readable, and another for each page of the same title."""
    words = re.sub(r"-+", "-", ascii_slug(title))[:60].strip("-")
    key = f"{group.key}"[:8] if group else ""
    return f"{'-'.join(part for part in (words, key) if part)}.{language}{extension}"


def _counted(
    chosen: Iterable[UnitGroup], written: Written, progress: ReportDone | None
) -> Iterator[UnitGroup]:
    for group in chosen:
        written.groups += 1
        written.keys.append(group.key)
        written.units += len(group.units)
        yield group
        if progress is not None:
            progress(written.groups)


def _again(first: UnitGroup, others: Iterator[UnitGroup]) -> Iterator[UnitGroup]:
    yield first
    yield from others
