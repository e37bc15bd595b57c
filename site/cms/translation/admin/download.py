"""Tables to download: a cell is what it says, never a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

Rows = Iterable[Sequence[Any]]


def as_xlsx(name: str, headings: Sequence[str], rows: Rows) -> HttpResponse:
    """A spreadsheet; text that begins like a formula stays text."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in (headings, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return _attached(file.getvalue(), f"{name}.xlsx", XLSX)


def as_csv(name: str, headings: Sequence[str], rows: Rows) -> HttpResponse:
    """Comma-separated, UTF-8 with the mark by which Excel knows it.

    A program that opens it takes a text that begins with ``=`` for a formula; an apostrophe before
    it keeps it a text.
    """
    file = StringIO()
    writer = csv.writer(file)
    for row in (headings, *rows):
        writer.writerow([_harmless(value) for value in row])
    return _attached(file.getvalue().encode("utf-8-sig"), f"{name}.csv", "text/csv; charset=utf-8")


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_DANGEROUS) else value


def _attached(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
