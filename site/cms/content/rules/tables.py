"""Tables: who hears one read is told by its headers what a cell is."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms.common.characters import is_visible
from cms.content.blocks.table import HeaderTableBlock
from cms.content.rules.findings import Fault
from cms.content.rules.registry import refuses


@refuses("table_without_headers", HeaderTableBlock)
def look_for_headers(table: Any) -> Iterator[Fault]:
    """Finds a table of which somebody who hears it read could not tell what a cell is."""
    if table and (fault := _fault(table)):
        yield Fault(fault)


def _fault(table: dict[str, Any]) -> str:
    """A sentence on headers that are missing; empty where all is well."""
    rows = table.get("data") or []
    by_row, by_column = table.get("first_row_is_table_header"), table.get("first_col_is_header")
    if not by_row and not by_column:
        return _("Mark the first row, the first column or both as headers.")
    if not any(rows):
        return _("The table has no cells.")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            return _(
                "Row %(number)d has %(cells)d cells, the first has %(first)d. "
                "Fill it up with empty cells."
            ) % {"number": number, "cells": len(row), "first": len(rows[0])}
    # The cell at the corner may be empty: it stands over the other headers.
    for number, cell in enumerate(rows[0][1:] if by_row else (), start=2):
        if not is_visible(cell or ""):
            return _("The header of column %(number)d is empty.") % {"number": number}
    for number, row in enumerate(rows[1:] if by_column else (), start=2):
        if not is_visible(row[0] or ""):
            return _("The header of row %(number)d is empty.") % {"number": number}
    return ""
