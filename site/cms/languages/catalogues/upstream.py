"""Texts of Wagtail and other packages that their own catalogues lack: ``languages/locale/``.

Ours are read before theirs. An entry goes as soon as its package has the text itself.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polib
from django.apps import apps

from cms.common.atomic_files import replaced_file
from cms.languages.catalogues.placeholders import keeps_placeholders

FOLDER: Final = Path(__file__).parents[1] / "locale"
COMPLETE_LANGUAGES: Final = ("sv", "fi")
"""Of the admin; English is what the packages are written in."""

DOMAINS: Final = ("django", "djangojs")
_NOT_SHOWN: Final = {
    # Its editor's; ours stands in its place.
    ("wagtail_localize", "djangojs"),
    # Names of its models, which the admin does not show.
    ("taggit", "django"),
}

MessageKey = tuple[str, str, str]
"""Domain, context, text."""


def compile_all() -> Iterator[tuple[Path, int]]:
    """Compile them; yields each file and the number of its messages."""
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(path))
        with replaced_file(path.with_suffix(".mo")) as beside:
            beside.write_bytes(catalogue.to_binary())
        yield path, len(catalogue.translated_entries())


def problems() -> Iterator[str]:
    """Yield a sentence for each text that no catalogue has, and for each that may go."""
    for code in COMPLETE_LANGUAGES:
        lacking = texts_without_translation(code)
        ours = dict(_ours(code))
        for key in sorted(lacking.keys() - ours.keys()):
            yield f"{code}: {lacking[key]} lacks {key[2]!r}. Add it to {_path(code, key[0])}."
        for key in sorted(ours.keys() - lacking.keys()):
            yield f"{code}: no package lacks {key[2]!r}. Delete it from {_path(code, key[0])}."
        for key, entry in sorted(ours.items()):
            if not keeps_placeholders(entry):
                yield f"{code}: {key[2]!r} has other placeholders in {_path(code, key[0])}."


def texts_without_translation(code: str) -> dict[MessageKey, str]:
    """The texts of installed packages that these show in English, with a package's name."""
    lacking: dict[MessageKey, str] = {}
    has: set[MessageKey] = set()
    for package in set(apps.get_app_configs()) - {apps.get_containing_app_config(__name__)}:
        folder = Path(package.path) / "locale"
        for domain in DOMAINS:
            if (package.name, domain) in _NOT_SHOWN:
                continue
            theirs = _entries(_file(folder, code, domain))
            done = {key for entry in theirs if entry.translated() for key in [_key(entry, domain)]}
            has |= done
            written = _entries(_file(folder, "en", domain)) or theirs
            for key in {_key(entry, domain) for entry in written} - done:
                lacking[key] = package.name
    # Django's own is read by every package, and theirs by each other.
    return {key: name for key, name in lacking.items() if key not in has}


def _ours(code: str) -> Iterator[tuple[MessageKey, polib.POEntry]]:
    for domain in DOMAINS:
        for entry in _entries(_file(FOLDER, code, domain)):
            yield _key(entry, domain), entry


def _entries(path: Path) -> list[polib.POEntry]:
    if not path.is_file():
        return []
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def _key(entry: polib.POEntry, domain: str) -> MessageKey:
    return domain, entry.msgctxt or "", entry.msgid


def _file(folder: Path, code: str, domain: str) -> Path:
    return folder / code / "LC_MESSAGES" / f"{domain}.po"


def _path(code: str, domain: str) -> str:
    return f"languages/locale/{code}/LC_MESSAGES/{domain}.po"
