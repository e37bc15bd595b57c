"""Input of a table in the form of a page: a field for each cell, and buttons for rows and columns.

Wagtail's own holds who works by keyboard in its cells, hides rows and columns in a menu of the
mouse, and gives no cell a name.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter


class TableGrid(forms.HiddenInput):
    """A hidden input that holds a table as Wagtail's block stores it, as JSON."""

    @property
    def media(self) -> forms.Media:
        """The script and style of the cells and buttons."""
        return forms.Media(
            css={"all": [versioned_static("content/admin/table_grid.css")]},
            js=[versioned_static("content/admin/table_grid.js")],
        )


class TableGridAdapter(WidgetAdapter):
    """Hands the script its texts, in the language of who is signed in."""

    js_constructor = "cms.content.TableGrid"

    def js_args(self, widget: TableGrid) -> list[Any]:
        """``[{name: text}]``."""
        return [_texts()]


def _texts() -> dict[str, str]:
    return {
        "headers": _("Headers of the table"),
        "headers_row": _("The first row"),
        "headers_column": _("The first column"),
        "headers_both": _("The first row and the first column"),
        "headers_neither": _("No headers"),
        "caption": _("Caption of the table"),
        "caption_help": _("What the table shows. It stands above it, and is read out first."),
        "cells": _("Cells of the table"),
        "help": _(
            "Tab leads to the next cell, Enter to the one below, Escape to the buttons and back. "
            "What you copied in a spreadsheet can be pasted into a cell."
        ),
        "cell": _("Row %(row)s, column %(column)s"),
        "row": _("Row %(number)s"),
        "column": _("Column %(number)s"),
        "add_row_above": _("Add a row above"),
        "add_row_below": _("Add a row below"),
        "move_row_up": _("Move the row up"),
        "move_row_down": _("Move the row down"),
        "remove_row": _("Remove the row"),
        "add_column_left": _("Add a column to the left"),
        "add_column_right": _("Add a column to the right"),
        "move_column_left": _("Move the column left"),
        "move_column_right": _("Move the column right"),
        "remove_column": _("Remove the column"),
        "undo": _("Undo the last change of rows or columns"),
        "undone": _("The change is undone."),
        "row_added": _("Row %(number)s was added."),
        "row_removed": _("Row %(number)s was removed."),
        "row_moved": _("The row is now row %(number)s."),
        "column_added": _("Column %(number)s was added."),
        "column_removed": _("Column %(number)s was removed."),
        "column_moved": _("The column is now column %(number)s."),
        "last_row": _("The last row cannot be removed."),
        "last_column": _("The last column cannot be removed."),
        "first_row_already": _("It is the first row already."),
        "last_row_already": _("It is the last row already."),
        "first_column_already": _("It is the first column already."),
        "last_column_already": _("It is the last column already."),
        "pasted": _("Pasted: %(rows)s rows, %(columns)s columns."),
        "too_large": _("Not pasted: the table would have more than %(number)s cells."),
    }


register(TableGridAdapter(), TableGrid)
