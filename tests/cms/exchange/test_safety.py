"""Files from outside that mean no good: a clear word, nothing stored, memory bounded."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cms.exchange import safety
from cms.exchange.formats import FORMATS, read_file
from cms.exchange.units import UnreadableFile
from tests.cms.exchange.formats.samples import HEADER, group, unit

XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" '
    'source-language="sv" target-language="smj" datatype="html"><body>{}</body></file></xliff>'
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "&a;"}">' for n in range(10))
    + "]>"
    + XLIFF.format('<trans-unit id="1"><source>&a9;</source></trans-unit>')
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + XLIFF.format('<trans-unit id="1"><source>&x;</source></trans-unit>')
)
LATIN_1 = b'<?xml version="1.0" encoding="utf-8"?><xliff version="1.2"><note>\xe5</note></xliff>'


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(read_file(path, path.name).units)
    assert path.name in str(caught.value)
    assert str(path.parent) not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("bomb.xlf", BOMB.encode(), "entities"),
        ("external.xlf", EXTERNAL.encode(), "entities"),
        ("latin.xlf", LATIN_1, "well-formed"),
        ("cut.xlf", XLIFF[:90].encode(), "well-formed"),
        ("prefix.xlf", XLIFF.format("\n<foo:bar/>").encode(), "line 2: the prefix of <foo:bar>"),
        ("root.xlf", b"<foo:bar><x/></foo:bar>", "line 1: the prefix of <foo:bar>"),
        ("code.xlf", XLIFF.format('<trans-unit id="1"><source><a:g/></source></trans-unit>')
         .encode(), "line 1: the prefix of <a:g>"),
        ("encoding.xlf", b'<?xml version="1.0" encoding="klingon"?><xliff/>', "well-formed"),
        ("empty.xlf", b"", "empty"),
        ("page.html", b"<html><body>hej</body></html>", "<html>"),
        ("text.txt", b"Boade buoris", "none of"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "none of"),
        ("broken.po", b'msgid "a\nmsgstr', "PO"),
        ("latin.po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
         'msgid "å"\nmsgstr ""\n'.encode("latin-1"), "PO"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(100), "damaged"),
        ("nothing.xlf", b'<xliff version="1.2"></xliff>', "<file>"),
        ("nothing.tmx", b'<tmx version="1.4"></tmx>', "<body>"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    name: str, content: bytes, word: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert word in refusal(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path)


def test_a_plain_doctype_is_let_in(tmp_path: Path) -> None:
    path = tmp_path / "texts.tmx"
    with path.open("wb") as file:
        FORMATS["tmx"].write(HEADER, [group(unit("Ett"))], file)
    assert b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">' in path.read_bytes()
    assert [one.source for one in read_file(path, path.name).units] == ["Ett"]


def test_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "texts.xlf"
    unit_text = '<trans-unit id="1" resname="title"><source>å</source></trans-unit>'
    document_text = '<?xml version="1.0" encoding="utf-16"?>' + XLIFF.format(unit_text)
    path.write_bytes(document_text.encode("utf-16"))
    assert [one.source for one in read_file(path, path.name).units] == ["å"]


def test_too_large_a_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.xlf"
    with path.open("wb") as file:
        file.truncate(safety.LARGEST_FILE + 1)
    assert "MB" in refusal(path)


def many(name: str, folder: Path) -> Path:
    """A file with more strings than are read, each as short as can be."""
    path = folder / f"many{FORMATS[name].extension}"
    number = safety.MOST_UNITS + 1
    if name == "xliff":
        path.write_text(XLIFF.format('<trans-unit id="1"/>' * number), encoding="utf-8")
    elif name == "po":
        path.write_text('msgid ""\nmsgstr ""\n\n' + 'msgid "a"\nmsgstr ""\n\n' * number)
    else:
        with path.open("wb") as file:
            FORMATS["xlsx"].write(HEADER, [group(unit("Ett"))], file)
        # One row, which says that it is the last of very many.
        rewritten(path, lambda sheet: sheet.replace(b'r="2"', b'r="900000000"'))
    return path


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> None:
    """A spreadsheet of which the first sheet says something else."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = change(members["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("name", ["xliff", "po", "xlsx"])
def test_too_many_texts_are_refused(name: str, tmp_path: Path) -> None:
    assert "more than 250000 texts" in refusal(many(name, tmp_path))


def test_a_sheet_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "entities.xlsx"
    with path.open("wb") as file:
        FORMATS["xlsx"].write(HEADER, [group(unit("Ett"))], file)
    entities = b'<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    rewritten(path, lambda sheet: sheet.replace(b"<worksheet", entities, 1))
    assert "no spreadsheet that can be read" in refusal(path)


def test_a_spreadsheet_that_swells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(1 + safety.LARGEST_UNPACKED // (1 << 20)):
            member.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    assert "unpacked" in refusal(path)


# In a process of its own, whose memory says what reading took.
MEASURE = """
import resource, sys
from pathlib import Path
import django
django.setup()
from cms.exchange.formats import read_file
from cms.exchange.units import UnreadableFile
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    print(sum(1 for _ in read_file(Path(sys.argv[1]), "huge.xlf").units))
except UnreadableFile as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("what", ["one text", "many elements", "junk between"])
def test_memory_is_bounded(what: str, tmp_path: Path) -> None:
    path = tmp_path / "huge.xlf"
    before, after = XLIFF.split("{}")
    piece = {
        "one text": "x" * 1_000,
        "many elements": "<g id='b1'/>" * 90,
        "junk between": "<j/>" * 250,
    }[what]
    opening, closing = {
        "one text": ("<trans-unit id='1'><source>", "</source></trans-unit>"),
        "many elements": ("<trans-unit id='1'><source>", "</source></trans-unit>"),
        "junk between": ("", ""),
    }[what]
    with path.open("w", encoding="utf-8") as file:
        file.write(before + opening)
        for _ in range(60_000):
            file.write(piece)
        file.write(closing + after)
    assert path.stat().st_size > 55_000_000
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MEASURE, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    said, megabytes = done.stdout.strip().rsplit("\n", 1)
    assert "huge.xlf" in said
    assert int(megabytes) < 150
