"""Formatting that a ``style`` attribute gives, as word processors write it.

Google Docs wraps what it copies in ``<b style="font-weight:normal">`` and marks bold words by
``<span style="font-weight:700">``; Word hides by ``mso-hide:all``.
"""

import re
from typing import Final

_DECLARATION: Final = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_BOLD: Final = 600
"""Font weight from which browsers show bold."""


def declarations(style: str) -> dict[str, str]:
    """Properties and values in lower case; the last of two of one name, as in browsers."""
    return {
        name.lower(): value.replace("!important", "").strip().lower()
        for name, value in _DECLARATION.findall(style)
    }


def is_hidden(declared: dict[str, str]) -> bool:
    """Tells whether a browser, or the word processor that wrote it, shows nothing of an element."""
    return (
        declared.get("display") == "none"
        or declared.get("visibility") in {"hidden", "collapse"}
        or declared.get("mso-hide") == "all"
    )


def styles(before: frozenset[str], declared: dict[str, str]) -> frozenset[str]:
    """Styles of an element's words.

    Args:
        before: what they would be without its ``style``.
    """
    found = set(before)
    _set(found, "b", _is_bold(declared.get("font-weight", "")))
    _set(found, "i", _is_italic(declared.get("font-style", "")))
    align = declared.get("vertical-align", "")
    if align:
        _set(found, "sup", align == "super")
        _set(found, "sub", align == "sub")
    return frozenset(found)


def _set(found: set[str], style: str, is_set: bool | None) -> None:
    if is_set is not None:
        (found.add if is_set else found.discard)(style)


def _is_bold(weight: str) -> bool | None:
    if weight in {"bold", "bolder"}:
        return True
    if weight in {"normal", "lighter"}:
        return False
    return int(weight) >= _BOLD if weight.isascii() and weight.isdigit() else None


def _is_italic(style: str) -> bool | None:
    if style.startswith(("italic", "oblique")):
        return True
    return False if style == "normal" else None
