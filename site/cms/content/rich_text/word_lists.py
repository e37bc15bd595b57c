"""Lists as Word writes them: paragraphs that say in their style at which level of a list they are.

``<p style="mso-list:l0 level2 lfo1">``, with the bullet or number as words, which are marked
``mso-list:Ignore`` since a list brings its own.
"""

import re
from dataclasses import dataclass
from typing import Final

from cms.content.rich_text.appearance import declarations
from cms.content.rich_text.paragraphs import Kind
from cms.content.rich_text.parsing import Element

_LEVEL: Final = re.compile(r"\blevel([1-9])\b")
_NUMBERED: Final = re.compile(r"\(?(?:([0-9]{1,6})|[A-Za-z]{1,5})[.)]")
MARKER: Final = "ignore"
"""Value of ``mso-list`` on a bullet or number."""


@dataclass(frozen=True, slots=True)
class WordItem:
    """An item of a list: the list's kind, the number of lists around it, and its own number."""

    kind: Kind
    depth: int
    number: int | None = None


def word_item(element: Element, declared: dict[str, str]) -> WordItem | None:
    """The item that a paragraph of Word is; ``None`` for any other element."""
    level = _LEVEL.search(declared.get("mso-list", ""))
    if level is None:
        return None
    marker = next(filter(None, map(_marker, element.iter())), "")
    match = _NUMBERED.fullmatch(marker)
    kind: Kind = "ol" if match else "ul"
    number = int(match[1]) if match and match[1] else None
    return WordItem(kind, int(level[1]) - 1, number)


def _marker(element: Element) -> str:
    declared = declarations(element.attrib.get("style", "")) if element.attrib else {}
    is_marker = declared.get("mso-list") == MARKER
    return "".join(element.itertext()).strip() if is_marker else ""
