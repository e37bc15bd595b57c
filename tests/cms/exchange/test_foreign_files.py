"""Commands that write a file replace one of their own, and leave any other alone."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cms.exchange.formats import FORMATS
from cms.translation.sources.following import follow
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

COMMANDS: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    *(("export_texts", (f"texts.{ending}",), {}) for ending in ("xlsx", "csv", "tmx")),
    ("export_indicators", ("values.csv",), {}),
    *(
        ("translations", ("export", f"work{one.extension}"), {"locale": "fi", "format": name})
        for name, one in FORMATS.items()
    ),
]


def run(command: str, folder: Path, arguments: tuple[str, ...], options: dict[str, Any]) -> Path:
    *before, name = arguments
    flags = [f"--{option}={value}" for option, value in options.items()]
    call_command(command, *before, str(folder / name), *flags, stdout=io.StringIO())
    return folder / name


@pytest.mark.parametrize(("command", "arguments", "options"), COMMANDS)
def test_a_foreign_file_is_left_alone(
    example_site: ExampleSite,
    tmp_path: Path,
    command: str,
    arguments: tuple[str, ...],
    options: dict[str, Any],
) -> None:
    follow(example_site.home)
    path = run(command, tmp_path, arguments, options)
    first = path.read_bytes()
    # One of its own it replaces.
    assert run(command, tmp_path, arguments, options) == path
    assert first
    if path.suffix == ".xlsx":
        Workbook().save(path)
    else:
        path.write_text("name,telephone\nMormor,0920-123\n", encoding="utf-8")
    theirs = path.read_bytes()
    with pytest.raises(CommandError, match="is there already, and was not written by this command"):
        run(command, tmp_path, arguments, options)
    assert path.read_bytes() == theirs


def test_a_folder_is_left_alone(example_site: ExampleSite, tmp_path: Path) -> None:
    (tmp_path / "texts.csv").mkdir()
    with pytest.raises(CommandError, match="is there already"):
        run("export_texts", tmp_path, ("texts.csv",), {})
    assert (tmp_path / "texts.csv").is_dir()
