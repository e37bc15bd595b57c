"""A translator at work with files: exports, fills in, brings back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Target:
    """A unit of XLIFF 1.2 as a foreign program writes it.

    Attributes:
        target: attributes of ``<target>``, and ``unit`` of ``<trans-unit>``.
    """

    path: str
    source: str
    text: str
    target: str = ""
    unit: str = ""
    before: str = ""


def xliff(folder: Path, page: Any, *targets: Target) -> Path:
    """A file of one page as a foreign program writes it."""
    units = "".join(
        f'<trans-unit id="u{number}" resname="{one.path}" {one.unit}>'
        f"<source>{one.source}</source>{one.before}<target {one.target}>{one.text}</target>"
        "</trans-unit>\n"
        for number, one in enumerate(targets, start=1)
    )
    return written(
        folder / "foreign.xlf",
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file '
        f'original="{page.translation_key}" source-language="sv" target-language="smj" '
        f'datatype="html"><body>\n{units}</body></file></xliff>',
    )


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def outcomes(report: Report) -> dict[str, str]:
    """By the source's text."""
    return {result.source: result.outcome for result in report.results}


def reasons(report: Report) -> dict[str, str]:
    """By the source's text."""
    return {result.source: result.reason for result in report.results}


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
