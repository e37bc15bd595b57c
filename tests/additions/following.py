"""Reads the steps of ``docs/architecture.md`` and carries them out in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
ADDITIONS: Final = PROJECT / "tests" / "additions"
DOCUMENT: Final = PROJECT / "docs" / "architecture.md"

LANGUAGE_ENTRY: Final = """    Language(
        code="fkv",
        name="kvääni",
        english_name="Kven",
        swedish_name="kvänska",
        fallbacks=("fi", "sv"),
        collation="fi",
        iso_639_3="fkv",
    ),
"""

FORMAT_ENTRY: Final = """        Format(
            "jsonl",
            "JSON lines",
            ".jsonl",
            "application/x-ndjson",
            json_lines.write,
            json_lines.read,
        ),
"""

RECOGNITION: Final = """    if beginning.startswith(json_lines.BEGINNING):
        return json_lines.read(path, name)
"""

Edit = tuple[str, str]
"""A line that stands in a file, and what is put before it."""

EDITS: Final[Mapping[str, Mapping[str, list[Edit] | str]]] = {
    "A language": {
        "site/cms/languages/registry.py": [(")\n\nLANGUAGES: Final", LANGUAGE_ENTRY)],
    },
    "A page type": {
        "strategy/models/visits.py": "visits.py",
        "strategy/models/__init__.py": [
            ("\n__all__ = [\n", "from strategy.models.visits import VisitPage\n"),
            ("]\n", '    "VisitPage",\n'),
        ],
        "strategy/templates/strategy/visit_page.html": "visit_page.html",
    },
    "A block": {
        "site/cms/content/blocks/event.py": "event.py",
        "site/cms/content/templates/content/blocks/event.html": "event.html",
        "site/cms/content/blocks/body.py": [
            (
                "from cms.content.blocks.fact_box",
                "from cms.content.blocks.event import EventBlock\n",
            ),
            ("    link = LinkBlock(", '    event = EventBlock(group=_("Facts"))\n'),
        ],
    },
    "A format": {
        "site/cms/exchange/formats/json_lines.py": "json_lines.py",
        "site/cms/exchange/formats/__init__.py": [
            (
                "from cms.exchange.formats.format import",
                "from cms.exchange.formats import json_lines\n",
            ),
            (
                '        Format("tmx"',
                FORMAT_ENTRY,
            ),
            (
                '    if b"msgid" in beginning:\n',
                RECOGNITION,
            ),
        ],
    },
    "An endpoint": {
        "site/cms/delivery/endpoints/document_types.py": "document_types.py",
        "site/cms/delivery/urls.py": [
            (
                "from cms.delivery.endpoints.entries import",
                "from cms.delivery.endpoints.document_types import router as types_router\n",
            ),
            ('api.add_router("/export/",', 'api.add_router("/types/", types_router)\n'),
        ],
    },
}
"""By the heading of the steps and the file that they name."""


def steps() -> dict[str, list[str]]:
    """The steps by their heading, each a paragraph of the document."""
    text = DOCUMENT.read_text(encoding="utf-8").partition("\n## Where to add\n")[2]
    found = {}
    for section in text.split("\n### ")[1:]:
        heading, _newline, body = section.partition("\n")
        body = body.partition("\n\nWhatever changes")[0]
        found[heading] = re.split(r"^\d+\. ", body.strip(), flags=re.MULTILINE)[1:]
    return found


def named_files(text: str) -> list[str]:
    """The files and folders that a text names."""
    return re.findall(r"`((?:docs|home|locale|site|strategy|tests)/[^`\s]+|[A-Z]+\.md)`", text)


def named_commands(text: str) -> list[list[str]]:
    """The commands of ``manage.py`` in a text."""
    return [command.split() for command in re.findall(r"`manage\.py ([^`]+)`", text)]


def follow(copy: Path) -> list[list[str]]:
    """Carries out every step in a copy of the project, and returns the commands to be run there.

    Each file that a step names is written or changed as :data:`EDITS` says; what documentation is
    to say is left out.
    """
    commands: list[list[str]] = []
    for heading, paragraphs in steps().items():
        left = dict(EDITS[heading])
        for paragraph in paragraphs:
            for name in named_files(paragraph):
                if name in left:
                    _change(copy / name, left.pop(name))
            commands += named_commands(paragraph)
        if left:
            raise LookupError(f"No step of “{heading}” names {', '.join(left)}.")
    return commands


def _change(path: Path, change: list[Edit] | str) -> None:
    if isinstance(change, str):
        if path.exists() or not path.parent.is_dir():
            raise FileExistsError(f"{path} is to be new, in a folder that is there.")
        shutil.copyfile(ADDITIONS / change, path)
        return
    text = path.read_text(encoding="utf-8")
    for line, added in change:
        before, found, after = text.rpartition(line) if line == "]\n" else text.partition(line)
        if not found:
            raise LookupError(f"{path} has no {line!r}.")
        text = before + added + found + after
    path.write_text(text, encoding="utf-8")


def copy_project(copy: Path) -> None:
    """Copies what a site needs, with the compiled modules, which need not be compiled again."""
    for name in ("home", "locale", "site", "strategy"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("media"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy2(PROJECT / name, copy / name)


def run_there(copy: Path, program: str, *arguments: str) -> str:
    """Runs a program of this folder in the copy, and returns the last line that it printed."""
    shutil.copyfile(ADDITIONS / program, copy / program)
    environment = os.environ | {
        "CACHE_URL": "locmemcache://",
        "DATABASE_URL": f"sqlite:///{copy / 'cms.sqlite3'}",
        "DATA_DIR": str(copy / "var"),
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "PYTHONPATH": f"{copy}{os.pathsep}{copy / 'site'}",
    }
    done = subprocess.run(
        [sys.executable, program, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout.strip().rpartition("\n")[2]
