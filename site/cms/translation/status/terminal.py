"""``manage.py translations status``: the matrix for a terminal, or for a program."""

import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from wagtail.models import Locale

from cms.translation.status.overview import Figures, matrix

COLUMNS = ("complete", "partial", "outdated", "draft", "missing")


def print_status(stdout: Any, locales: Collection[Locale] | None, *, as_json: bool) -> None:
    """Prints a row for each language and type, or a list of objects.

    Args:
        stdout: what a command writes to.
        locales: the languages to show; all without them.
    """
    found = matrix(locales)
    rows = [
        (row.language, kind, row.by_type.get(kind.content_type, Figures()))
        for row in found.rows
        for kind in found.kinds
    ]
    if as_json:
        entries = [
            {"locale": language.code, "type": kind.label, **asdict(figures)}
            for language, kind, figures in rows
        ]
        stdout.write(json.dumps(entries, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("language", "type"):
        table.add_column(heading, no_wrap=True)
    for heading in (*COLUMNS, "strings left", "words left"):
        table.add_column(heading, justify="right")
    for language, kind, figures in rows:
        counts = [str(getattr(figures, name)) for name in COLUMNS]
        left = [f"{figures.strings_left:,}", f"{figures.words_left:,}"]
        table.add_row(language.code, kind.label, *counts, *left)
    console = Console(file=getattr(stdout, "_out", stdout), width=120, highlight=False)
    console.print(table)
