"""Texts that a spreadsheet would take for a formula, made harmless and back.

Excel and LibreOffice carry out a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@``,
some also behind a tab or a line break, or in their full width. An apostrophe before it says that it
is text. What begins with an apostrophe already gets one too, so that every text comes back as it
was: take one apostrophe away where there is one.
"""

from typing import Final

MARK: Final = "'"
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def is_dangerous(text: str) -> bool:
    """Tells whether a spreadsheet may take a text for a formula."""
    return text.lstrip().startswith(_FORMULA)


def defused(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"{MARK}{text}" if is_dangerous(text) or text.startswith(MARK) else text


def restored(cell: str) -> str:
    """The text of which :func:`defused` made a cell."""
    return cell.removeprefix(MARK)
