"""Faults of a catalogue: where it lags the code or would break a page."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import polib

from cms.languages.catalogues.extraction import Messages
from cms.languages.catalogues.merging import COMPLETE_LANGUAGES
from cms.languages.registry import Language

_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdr]|\{\w*\}")


def problems(catalogue: polib.POFile, messages: Messages, language: Language) -> Iterator[str]:
    """Yield one sentence for each problem, with the language and the message in it."""
    what = f"{language.english_name} ({language.code})"
    current = {
        (entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete
    }
    update = "Run: manage.py catalogues update"
    for key in sorted(messages.keys() - current.keys()):
        yield f"{what} lacks the message {key[1]!r}. {update}"
    for key in sorted(current.keys() - messages.keys()):
        yield f"{what} has {key[1]!r}, which the code no longer has. {update}"
    for key in sorted(current.keys() & messages.keys()):
        entry = current[key]
        if (entry.msgid_plural or None) != messages[key].plural:
            yield f"{what} has another plural of {key[1]!r} than the code. {update}"
        elif language.code in COMPLETE_LANGUAGES and not entry.translated():
            reason = "only a fuzzy translation" if entry.fuzzy else "no translation"
            yield f"{what} has {reason} of {key[1]!r}. Translate it in its catalogue."
        elif entry.translated() and not keeps_placeholders(entry):
            yield f"{what} changes the placeholders of {key[1]!r}. Keep them as they are."


def keeps_placeholders(entry: polib.POEntry) -> bool:
    """Tell whether a translation has the placeholders of its text."""
    if not entry.msgid_plural:
        return _placeholders(entry.msgstr) == _placeholders(entry.msgid)
    # "One page" may leave the number out, but no form may have a placeholder that gets no value.
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    return all(_placeholders(text) <= allowed for text in entry.msgstr_plural.values())


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))
