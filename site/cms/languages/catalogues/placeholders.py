"""Placeholders of a text, which its translation keeps."""

import re
from collections import Counter
from typing import Final

import polib

_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdr]|\{\w*\}")


def keeps_placeholders(entry: polib.POEntry) -> bool:
    """Tell whether a translation has the placeholders of its text."""
    if not entry.msgid_plural:
        return _placeholders(entry.msgstr) == _placeholders(entry.msgid)
    # "One page" may leave the number out, but no form may have a placeholder that gets no value.
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    return all(_placeholders(text) <= allowed for text in entry.msgstr_plural.values())


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))
