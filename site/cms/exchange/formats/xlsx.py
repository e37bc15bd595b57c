"""A spreadsheet for people: one row a string, and the key and place in columns at the far right.

Rows may be sorted, columns moved or hidden: they are found by their headings. A text is always
text, whatever it begins with. A text longer than a cell of Excel holds is left out.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from cms.common.characters import for_xml
from cms.exchange.formats.format import PRODUCT, STATES, as_key, as_moment, as_state, written_state
from cms.exchange.safety import LARGEST_TEXT, MOST_UNITS, check_archive, too_many
from cms.exchange.units import (
    Header,
    ReceivedFile,
    ReceivedUnit,
    Unit,
    UnitGroup,
    UnreadableFile,
)
from cms.languages.registry import LANGUAGES

LONGEST_CELL: Final = 32_767
"""Characters that a cell of Excel holds."""

MOST_COLUMNS: Final = 100
"""Columns that are looked at; a sheet may claim to have sixteen thousand."""

TEXTS: Final = "Texts"
ABOUT: Final = "About"

# Heading and width, in characters.
_COLUMNS: Final = {
    "Page": 28,
    "Where": 26,
    "Source": 60,
    "Translation": 60,
    "State": 18,
    "Note": 30,
    "Source before": 40,
    "Translation before": 40,
    "Path": 30,
    "Key": 38,
}
_IDENTITY: Final = ("Path", "Key")
_REQUIRED: Final = ("Source", "Translation", "Path", "Key")
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
WRAPPED_RIGHT_TO_LEFT: Final = Alignment(
    wrap_text=True, vertical="top", horizontal="right", readingOrder=2
)
"""How a text stands in its cell, and one that is written from right to left."""

_TO_FILL_IN: Final = PatternFill("solid", fgColor="FFF8E1")


def write(header: Header, groups: Iterable[UnitGroup], file: IO[bytes]) -> None:
    """Writes the sheet *Texts*, row by row, and the sheet *About* with what the file is."""
    book = Workbook(write_only=True)
    book.properties.creator = PRODUCT
    sheet: Any = book.create_sheet(TEXTS)
    sheet.freeze_panes = "E2"
    for number, (heading, width) in enumerate(_COLUMNS.items()):
        dimension = sheet.column_dimensions[chr(ord("A") + number)]
        dimension.width = width
        dimension.hidden = heading in _IDENTITY
    states = DataValidation("list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    states.add(f"E2:E{MOST_UNITS}")
    sheet.data_validations.append(states)
    language = LANGUAGES.get(header.target_language)
    is_rtl = language is not None and language.direction == "rtl"
    sheet.append([_heading(sheet, heading) for heading in _COLUMNS])
    # A cell is written as soon as its row is: the same ten do for every row.
    cells = {heading: _cell(sheet, heading, is_rtl=is_rtl) for heading in _COLUMNS}
    for group in groups:
        for unit in group.units:
            if max(len(unit.source), len(unit.target)) <= LONGEST_CELL:
                sheet.append(_row(cells, group, unit))
    about: Any = book.create_sheet(ABOUT)
    for name, value in (
        ("Source language", header.source_language),
        ("Target language", header.target_language),
        ("Exported at", header.exported_at.isoformat()),
        ("Site", header.site),
    ):
        about.append([name, value])
    book.save(file)


def _heading(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, heading: str, *, is_rtl: bool) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.number_format = "@"
    translated = heading.startswith("Translation")
    cell.alignment = WRAPPED_RIGHT_TO_LEFT if is_rtl and translated else WRAPPED
    if heading == "Translation":
        cell.fill = _TO_FILL_IN
    return cell


def _row(cells: dict[str, Any], group: UnitGroup, unit: Unit) -> list[Any]:
    page = " · ".join(part for part in (group.title, group.path) if part)
    note = unit.note
    if unit.max_length is not None:
        note = f"{note} (max. {unit.max_length})".strip()
    values = {
        "Page": page,
        "Where": unit.label,
        "Source": unit.source,
        "Translation": unit.target,
        "State": unit.state,
        "Note": note,
        "Source before": unit.previous_source if unit.previous_target else "",
        "Translation before": unit.previous_target,
        "Path": unit.path,
        "Key": str(group.key),
    }
    for heading, cell in cells.items():
        cell.value = for_xml(values[heading])[:LONGEST_CELL]
        # Otherwise "=" at the beginning would make a formula of it.
        cell.data_type = "s"
    return list(cells.values())


def read(path: Path, name: str) -> ReceivedFile:
    """Reads a spreadsheet that was written here, whatever has been done to its order.

    Raises:
        UnreadableFile: it is damaged, too large inside, or lacks a column.
    """
    check_archive(path, name)
    # From memory: openpyxl leaves a file open that it finds damaged.
    content = BytesIO(path.read_bytes())
    try:
        book: Any = load_workbook(content, read_only=True, data_only=False, keep_links=False)
        about = _about(book)
        sheet = book[TEXTS] if TEXTS in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        headings = [str(heading or "").strip() for heading in next(rows, ())]
    except _UNREADABLE as error:
        raise _damaged(name) from error
    missing = [heading for heading in _REQUIRED if heading not in headings]
    if missing:
        book.close()
        raise UnreadableFile(
            _("%(name)s lacks the column “%(column)s”. Bring back the sheet that was exported.")
            % {"name": name, "column": missing[0]}
        )
    return ReceivedFile(
        name=name,
        source_language=about.get("Source language", ""),
        target_language=about.get("Target language", ""),
        exported_at=as_moment(about.get("Exported at")),
        units=_units(book, rows, headings, name),
    )


_UNREADABLE: Final = (
    zipfile.BadZipFile,
    InvalidFileException,
    DefusedXmlException,
    SyntaxError,
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)
"""The errors of openpyxl and of what it reads with, for what is no spreadsheet, or not any more."""


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("%(name)s is no spreadsheet that can be read. Save it as .xlsx.") % {"name": name}
    )


def _about(book: Any) -> dict[str, str]:
    if ABOUT not in book.sheetnames:
        return {}
    rows = book[ABOUT].iter_rows(max_row=20, max_col=2, values_only=True)
    return {str(row[0]): str(row[1] or "") for row in rows if len(row) == 2 and row[0]}


def _units(
    book: Any, rows: Iterator[tuple[Any, ...]], headings: list[str], name: str
) -> Iterator[ReceivedUnit]:
    try:
        for line, row in enumerate(rows, start=2):
            if line > MOST_UNITS:
                raise too_many(name)
            values = dict(zip(headings, map(_text, row), strict=False))
            if not any(values.values()):
                continue
            source, target = values.get("Source", ""), values.get("Translation", "")
            too_long = len(target) > LARGEST_TEXT
            yield ReceivedUnit(
                line=line,
                key=as_key(values.get("Key")),
                path=values.get("Path", ""),
                source=source,
                target="" if too_long else target,
                state=written_state(as_state(values.get("State")), source, target),
                problem=_("It is longer than %(limit)d characters.") % {"limit": LARGEST_TEXT}
                if too_long
                else "",
            )
    except _UNREADABLE as error:
        raise _damaged(name) from error
    finally:
        book.close()


def _text(value: Any) -> str:
    """A cell as text; a figure that somebody typed is written as it was typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
