"""Other people's programs open our files, fill in the targets, and we read what they wrote."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import polib
import pytest

from cms.exchange.formats import FORMATS, read_file
from cms.exchange.units import ReceivedUnit
from tests.cms.exchange.formats.samples import HEADER, essence, group, unit

CHOSEN = (
    unit("Kust &amp; hav", path="title"),
    unit('Läs <a id="a1">planen</a> <b>nu</b>.', path="body.1.text"),
    unit("Klar", "Gárves", "final", path="body.2.text"),
)

# translate-toolkit is GPL: it runs as a program of its own.
FILL_IN = """
import sys
from translate.storage import factory
store = factory.getobject(sys.argv[1])
store.settargetlanguage("smj")
for unit in store.units:
    if unit.istranslatable() and unit.source and not unit.target:
        unit.target = "Översatt: " + str(unit.source).upper()
        unit.markfuzzy(False)
store.save()
print(sum(1 for unit in store.units if unit.istranslatable() and unit.source))
"""


def written(name: str, folder: Path) -> Path:
    path = folder / f"texts{FORMATS[name].extension}"
    with path.open("wb") as file:
        FORMATS[name].write(HEADER, [group(*CHOSEN)], file)
    return path


def filled_in(path: Path) -> list[ReceivedUnit]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL_IN, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == str(len(CHOSEN))
    return list(read_file(path, path.name).units)


@pytest.mark.parametrize("name", ["xliff", "po", "tmx"])
def test_translate_toolkit_fills_in(name: str, tmp_path: Path) -> None:
    received = filled_in(written(name, tmp_path))
    assert [(one.path, one.source) for one in received] == [
        (one.path, one.source) for one in CHOSEN
    ]
    assert received[0].target.startswith("Översatt: KUST")
    assert (received[2].target, received[2].state) == ("Gárves", "final")


def test_a_cat_tool_moves_codes_by_their_ids(tmp_path: Path) -> None:
    """A tool that knows no HTML keeps what it sees: the ids."""
    path = written("xliff", tmp_path)
    text = path.read_text(encoding="utf-8")
    source = 'Läs <g id="a1" ctype="link">planen</g> <g id="b1" ctype="x-html-b">nu</g>.'
    assert source in text
    moved = '<mrk mtype="seg" mid="1"><g id="b1">Dál</g> låga <g id="a1">plánav</g></mrk>'
    empty = '<target state="needs-translation"/>'
    before, after = text.split(source)
    after = after.replace(empty, f'<target state="translated">{moved}</target>', 1)
    path.write_text(before + source + after, encoding="utf-8")
    received = list(read_file(path, path.name).units)[1]
    assert received.target == '<b>Dál</b> låga <a id="a1">plánav</a>'
    assert (received.state, received.problem) == ("translated", "")


def test_polib_fills_in(tmp_path: Path) -> None:
    path = written("po", tmp_path)
    file = polib.pofile(str(path))
    for entry in file.untranslated_entries():
        entry.msgstr = f"{entry.msgid} (smj)"
    file[0].flags.append("fuzzy")
    file.save(str(path))
    received = list(read_file(path, path.name).units)
    assert [one.target for one in received[:2]] == [f"{one.source} (smj)" for one in CHOSEN[:2]]
    assert [one.state for one in received] == ["needs-review", "translated", "final"]


def test_a_sheet_may_be_sorted_and_its_columns_moved(tmp_path: Path) -> None:
    path = written("xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    rows: list[list[Any]] = [[cell.value for cell in row] for row in book["Texts"].iter_rows()]
    assert rows[0][:4] == ["Page", "Where", "Source", "Translation"]
    rows[1][3] = "=Merra"
    table = [list(reversed(row)) for row in [rows[0], [None] * len(rows[0]), *reversed(rows[1:])]]
    del book["Texts"]
    sheet = book.create_sheet("Texts")
    for row in table:
        sheet.append(row)
    book.save(path)
    received = list(read_file(path, path.name).units)
    assert [essence(one)[1:] for one in received] == [
        ("body.2.text", "Klar", "Gárves", "final"),
        ("body.1.text", CHOSEN[1].source, "", "needs-translation"),
        ("title", "Kust &amp; hav", "=Merra", None),
    ]
    assert [one.line for one in received] == [3, 4, 5]


def test_no_text_is_ever_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "texts.xlsx"
    with path.open("wb") as file:
        FORMATS["xlsx"].write(HEADER, [group(unit("=HYPERLINK(1)", "+1", "translated"))], file)
    [_heading, row] = openpyxl.load_workbook(path)["Texts"].iter_rows()
    assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
    assert row[2].value == "=HYPERLINK(1)"
