"""Faults of a catalogue: where it lags the code or would break a page."""

from collections.abc import Iterator

import polib

from cms.languages.catalogues.extraction import Messages
from cms.languages.catalogues.merging import COMPLETE_LANGUAGES
from cms.languages.catalogues.placeholders import keeps_placeholders
from cms.languages.registry import Language


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
