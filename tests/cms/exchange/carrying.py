"""A translator at work with files: exports, fills in, brings back."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from wagtail_localize.models import StringTranslation

from cms.exchange.exporting import header, unit_groups
from cms.exchange.files import write_file
from cms.exchange.formats import FORMATS
from cms.exchange.importing import Import, import_file
from cms.exchange.results import Report
from cms.exchange.selection import Selection
from cms.exchange.units import Unit, UnitGroup

Fill = Callable[[UnitGroup, Unit], Unit]
"""What becomes of a unit in the translator's tool."""


def export(folder: Path, format_name: str = "xliff", **selection: Any) -> Path:
    path = folder / f"texts{FORMATS[format_name].extension}"
    write_file(Selection(selection.pop("language", "smj"), **selection), format_name, path)
    return path


def filled(folder: Path, fill: Fill, format_name: str = "xliff", **selection: Any) -> Path:
    """A file as a tool writes it back that has read ours."""
    language = selection.pop("language", "smj")
    top = header(language)
    chosen = [
        replace(group, units=tuple(fill(group, unit) for unit in group.units))
        for group in unit_groups(Selection(language, **selection))
    ]
    path = folder / f"filled{FORMATS[format_name].extension}"
    with path.open("wb") as file:
        FORMATS[format_name].write(top, chosen, file)
    return path


def translated(text: str, unit: Unit) -> Unit:
    """A unit with a translation."""
    return replace(unit, target=text, state="translated")


def in_lule_sami(group: UnitGroup, unit: Unit) -> Unit:
    """Every text translated; an address in letters that it may have."""
    if unit.path == "slug":
        return translated(f"{unit.source}-smj", unit)
    return translated(f"{_with_another_word(unit.source)} (smj)", unit)


def _with_another_word(text: str) -> str:
    """The text with a word more after every third, so that no sentence is left as it was."""
    number = count(1)
    return re.sub(r" (?![^<]*>)", lambda _: " " if next(number) % 3 else " ja ", text)


def bring(path: Path, **wanted: Any) -> Report:
    report, _changed = import_file(path, path.name, Import(**wanted))
    return report


def stored(language: str | None = None) -> set[tuple[Any, ...]]:
    """All translations: where, of what, what, and when it was changed."""
    rows = StringTranslation.objects.all()
    if language:
        rows = rows.filter(locale__language_code=language)
    return set(
        rows.values_list(
            "locale__language_code",
            "context__object",
            "context__path",
            "translation_of__data",
            "data",
            "has_error",
            "translation_type",
            "updated_at",
        )
    )
