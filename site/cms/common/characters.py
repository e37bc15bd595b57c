"""Characters that cannot be stored, and those that nobody sees."""

import re
import unicodedata
from typing import Final

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_UNSEEN: Final = "CMZ"
"""Categories of characters that show nothing by themselves: control, combining, separating."""

_BLANK: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that are drawn as nothing."""


def for_xml(text: str) -> str:
    """The text without the characters that no XML file can hold."""
    return _NOT_IN_XML.sub("", text)


def not_in_xml(text: str) -> str | None:
    """The first character that no XML file can hold, as ``U+0008``; ``None`` without one."""
    found = _NOT_IN_XML.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def is_visible(text: str) -> bool:
    """Tells whether a plain text shows anything: spaces, joiners and fillers alone show nothing."""
    return any(each not in _BLANK and unicodedata.category(each)[0] not in _UNSEEN for each in text)
