"""A pseudo-language: Swedish in which every text of every catalogue is marked.

What a screen shows without the mark is content, or it comes from no catalogue.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import django as django_package
import polib
from django.apps import apps
from django.conf import settings

CODE: Final = "sv"
"""The language that people are served; its dates and numbers stay as they are."""

OPENS, CLOSES = "⟦", "⟧"
_INNERMOST: Final = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")
# What is shortened lacks its end, what follows the rest of a longer text its beginning.
_SHORTENED: Final = re.compile(f"{OPENS}[^{CLOSES}]*$|^[^{OPENS}]*{CLOSES}")


def write_catalogues(folder: Path) -> None:
    """Write what stands before all other catalogues in ``LOCALE_PATHS``."""
    for domain in ("django", "djangojs"):
        made = polib.POFile()
        made.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        for path in _catalogues(domain):
            theirs = polib.mofile(str(path))
            made.metadata |= {"Plural-Forms": theirs.metadata["Plural-Forms"]}
            for entry in theirs:
                made.append(_marked(entry))
        target = folder / CODE / "LC_MESSAGES" / f"{domain}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        made.save_as_mofile(str(target))


def without_marked(text: str) -> str:
    """The rest of a text when everything that a catalogue has is taken away."""
    before = ""
    while before != text:
        before, text = text, _INNERMOST.sub(" ", text)
    return _SHORTENED.sub(" ", text)


def _catalogues(domain: str) -> Iterator[Path]:
    """The compiled catalogues of a domain; of two that have a text the last one is read."""
    folders = [
        Path(django_package.__file__).parent / "conf" / "locale",
        *(Path(app.path) / "locale" for app in reversed(list(apps.get_app_configs()))),
        *map(Path, reversed(settings.LOCALE_PATHS)),
    ]
    for folder in folders:
        path = folder / CODE / "LC_MESSAGES" / f"{domain}.mo"
        if path.is_file():
            yield path


def _marked(entry: polib.MOEntry) -> polib.POEntry:
    def mark(text: str) -> str:
        return f"{OPENS}{text}{CLOSES}" if text else ""

    return polib.POEntry(
        msgid=entry.msgid,
        msgctxt=entry.msgctxt or None,
        msgid_plural=entry.msgid_plural,
        msgstr=mark(entry.msgstr),
        msgstr_plural={number: mark(text) for number, text in entry.msgstr_plural.items()},
    )
