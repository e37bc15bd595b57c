"""The length of a text, as translators are paid for it."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+(?:[-'’.,:]\w+)*")


def count_words(fragment: str) -> int:
    """The words in a string as wagtail-localize stores it; a tag is no word, a figure is one."""
    return len(_WORD.findall(unescape(_TAG.sub(" ", fragment))))
