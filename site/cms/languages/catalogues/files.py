"""Files of the catalogues: their paths, reading, writing and compiling."""

from pathlib import Path
from typing import Final

import polib
from django.conf import settings

from cms.common.atomic_files import replaced_file
from cms.languages.registry import Language

DOMAIN: Final = "django"
_LINE_LENGTH: Final = 98


def catalogue_path(code: str) -> Path:
    """Return where the catalogue of a language lies: ``locale/<code>/LC_MESSAGES/django.po``."""
    return Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled_path(code: str) -> Path:
    """Return where the compiled catalogue of a language lies."""
    return catalogue_path(code).with_suffix(".mo")


def read_catalogue(language: Language) -> polib.POFile:
    """Return the language's catalogue, an empty one where it has none yet.

    Raises:
        OSError: the file cannot be parsed; names the file and the line.
    """
    path = catalogue_path(language.code)
    if path.is_file():
        return polib.pofile(path.read_text(encoding="utf-8"), wrapwidth=_LINE_LENGTH)
    return polib.POFile(wrapwidth=_LINE_LENGTH)


def plural_rule_of(language: Language) -> str:
    """Return the ``Plural-Forms`` of a language's catalogue; empty where it says none.

    Its header alone is read, since every command asks before it begins.
    """
    header, _blank, _messages = (
        catalogue_path(language.code).read_text(encoding="utf-8").partition("\n\n")
    )
    return str(polib.pofile(header + "\n").metadata.get("Plural-Forms", "")) if header else ""


def write_catalogue(language: Language, catalogue: polib.POFile) -> bool:
    """Write the catalogue where it differs from what the file holds; return whether it did."""
    path = catalogue_path(language.code)
    text = str(catalogue).rstrip("\n") + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def compile_catalogue(language: Language) -> int:
    """Write the ``.mo`` file that Django reads; return the number of messages in it.

    Messages marked fuzzy are left out: nobody has said that they are right. The file replaces the
    former one in one step, since a running site may be reading it.
    """
    catalogue = read_catalogue(language)
    with replaced_file(compiled_path(language.code)) as beside:
        beside.write_bytes(catalogue.to_binary())
    return len(catalogue.translated_entries())
