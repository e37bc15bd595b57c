"""The parallel table as a spreadsheet, for people who review side by side.

Each text is text, whatever it begins with. How far it is stands beside it and shows in its colour.
A text longer than a cell of Excel holds is cut, and ends on ``…``.
"""

from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from cms.common.characters import for_xml
from cms.common.progress import ReportDone
from cms.common.site_address import site_address
from cms.exchange.formats.format import PRODUCT
from cms.exchange.formats.xlsx import LONGEST_CELL, WRAPPED, WRAPPED_RIGHT_TO_LEFT
from cms.exchange.parallel_texts.reading import parallel_strings
from cms.exchange.parallel_texts.strings import (
    ParallelQuery,
    ParallelString,
    TextStatus,
)
from cms.exchange.parallel_texts.tables.columns import Column, table_columns
from cms.exchange.parallel_texts.tables.defusing import is_dangerous
from cms.languages.registry import get_language

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_COLOURS: Final = {
    TextStatus.TO_REVIEW: "FFF4CC",
    TextStatus.DRAFT: "DCEBFA",
    TextStatus.OUTDATED: "FFD9B3",
    TextStatus.MISSING: "EEEEEE",
    TextStatus.UNPUBLISHED: "EEEEEE",
    TextStatus.SEPARATE: "E4DFEC",
}
"""Of what is published and read, none: what is left to do shall be seen."""

_HEADING: Final = PatternFill("solid", fgColor="D9E1E8")
_FROZEN_COLUMNS: Final = 5


def write_xlsx(query: ParallelQuery, path: Path, progress: ReportDone) -> int:
    """Writes the table row by row, and a sheet about it; returns how many strings it has."""
    columns = table_columns(query)
    book = Workbook(write_only=True)
    book.properties.creator = PRODUCT
    sheet: Any = book.create_sheet(_("Texts"))
    sheet.freeze_panes = f"{get_column_letter(_FROZEN_COLUMNS + 1)}2"
    for number, column in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        dimension.hidden = column.is_identity
    sheet.append([_heading(sheet, str(column.label)) for column in columns])
    cells = _Cells(sheet)
    rows = 0
    for done, strings in enumerate(parallel_strings(query), start=1):
        for string in strings:
            sheet.append([cells.of(column, string) for column in columns])
            rows += 1
        progress(done)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows + 1}"
    _write_about(book.create_sheet(_("About")), query)
    book.save(path)
    return rows


class _Cells:
    """Makes cells, whose looks are made once: a sheet of 40,000 rows has a few dozen kinds."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.looks: dict[tuple[str, TextStatus, bool], Any] = {}

    def of(self, column: Column, string: ParallelString) -> Any:
        """The cell of a string in a column."""
        status = column.status_of(string)
        text = status.label if column.is_status else column.text_of(string)
        if not text and status is TextStatus.PUBLISHED:
            return None
        dangerous = is_dangerous(text)
        look = self.looks.get((column.name, status, dangerous))
        if look is None:
            look = self.looks[column.name, status, dangerous] = _look(
                self.sheet, column, status, dangerous=dangerous
            )
        cell = WriteOnlyCell(self.sheet)
        cell._style = look._style  # type: ignore[attr-defined]  # noqa: SLF001 - as its copy would
        cell.value = _that_fits(for_xml(text))
        # Otherwise "=" at the beginning would make a formula of it.
        cell.data_type = "s"
        return cell


def _look(sheet: Any, column: Column, status: TextStatus, *, dangerous: bool) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.number_format = "@"
    if dangerous:
        # What an apostrophe in Excel's own input does: it stays text when somebody edits it.
        cell.quotePrefix = True
    is_text = column.language and not column.is_status
    right_to_left = is_text and get_language(column.language).is_right_to_left
    cell.alignment = WRAPPED_RIGHT_TO_LEFT if right_to_left else WRAPPED
    if status in _COLOURS:
        cell.fill = PatternFill("solid", fgColor=_COLOURS[status])
    return cell


def _that_fits(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _heading(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    cell.fill = _HEADING
    cell.alignment = Alignment(vertical="top")
    return cell


def _write_about(sheet: Any, query: ParallelQuery) -> None:
    """Writes the sheet on the table, the meaning of its colours, and what it leaves out."""
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 90
    sheet.append([_("Site"), site_address()])
    sheet.append([_("Exported at"), timezone.localtime().isoformat(timespec="seconds")])
    for code in query.languages:
        sheet.append([code, get_language(code).name])
    if query.is_public:
        sheet.append([_("Contents"), _("What readers see, and nothing else.")])
    sheet.append([])
    for status in TextStatus:
        cell: Any = WriteOnlyCell(sheet, value=status.label)
        if status in _COLOURS:
            cell.fill = PatternFill("solid", fgColor=_COLOURS[status])
        sheet.append([cell, _meaning(status)])


def _meaning(status: TextStatus) -> str:
    return {
        TextStatus.PUBLISHED: _("Readers see it."),
        TextStatus.TO_REVIEW: _("Readers see it, and nobody has read it through yet."),
        TextStatus.DRAFT: _("Translated or changed, and not published."),
        TextStatus.OUTDATED: _("The source has changed since; it says what that said before."),
        TextStatus.MISSING: _("Not translated."),
        TextStatus.UNPUBLISHED: _("Not published. Drafts are shown to who works in the language."),
        TextStatus.SEPARATE: _("The page is written on its own in this language."),
    }[status]
