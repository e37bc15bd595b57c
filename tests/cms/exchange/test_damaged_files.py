"""Files that suffered some accident: read, or refused with a word on it, and never an error."""

import zipfile
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from cms.exchange.formats import FORMATS, read_file
from cms.exchange.units import UnreadableFile
from home.models import ContentPage
from tests.cms.exchange.carrying import bring, filled, in_lule_sami
from tests.cms.exchange.formats.samples import HEADER, group, unit
from tests.factories.blocks import rich_text
from tests.factories.site import ExampleSite
from tests.harness.sampling import examples

pytestmark = pytest.mark.shared_out


def broken(content: bytes, chance: Random) -> bytes:
    """The bytes of a file after some accident."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice((0, 1, 2, 8, 200)))
        piece = chance.choice(
            (b"", b"<", b"&#0;", b":", b"\x00", b"\xff\xfe", b'"', b"]]>", b"msgid ", b"<a:b/>",
             bytes([chance.randrange(256)]), bytes(changed[end : end + 40]))
        )  # fmt: skip
        changed[start:end] = piece
        if not changed:
            break
    return bytes(changed)


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_happened_to_a_file_it_is_read_or_refused(name: str, tmp_path: Path) -> None:
    chosen = (
        unit("Kust &amp; hav", "Riddo", "final"),
        unit('Läs <a id="a1">planen</a><br/><b>nu</b>.', "", path="body.1.text"),
        unit("Klar", "Gárves", "needs-review", path="body.2.text", previous_target="Gárvves"),
    )
    path = tmp_path / f"texts{FORMATS[name].extension}"
    with path.open("wb") as file:
        FORMATS[name].write(HEADER, [group(*chosen)], file)
    whole = path.read_bytes()
    chance = Random(15)
    said = []
    for _ in range(examples(150, 5_000)):
        content = damaged_sheet(path, whole, chance) if name == "xlsx" else broken(whole, chance)
        path.write_bytes(content)
        try:
            list(read_file(path, path.name).units)
        except UnreadableFile as error:
            said.append(str(error))
    assert said
    assert all(path.name in message for message in said)


def damaged_sheet(path: Path, whole: bytes, chance: Random) -> bytes:
    """A spreadsheet whose archive is damaged, or one of the files in it."""
    if chance.random() < 0.3:
        return broken(whole, chance)
    path.write_bytes(whole)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    hit = chance.choice(sorted(members))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, broken(content, chance) if name == hit else content)
    return path.read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMATS)
def test_whatever_happened_to_a_file_a_report_or_a_refusal_follows(
    name: str, swedish_site: ExampleSite, tmp_path: Path
) -> None:
    page = ContentPage(title="Kust", slug="kust")
    page.introduction = rich_text('Läs <a href="https://x.se/">planen</a> <b>nu</b>.')
    swedish_site.home.add_child(instance=page)
    page.save_revision().publish()
    path = filled(tmp_path, in_lule_sami, name, keys=[page.translation_key])
    whole = path.read_bytes()
    chance = Random(16)
    reported = 0
    for _ in range(examples(25, 1_000)):
        content = damaged_sheet(path, whole, chance) if name == "xlsx" else broken(whole, chance)
        path.write_bytes(content)
        savepoint = transaction.savepoint()
        try:
            reported += len(bring(path, language="smj").results)
        except UnreadableFile:
            continue
        finally:
            transaction.savepoint_rollback(savepoint)
    assert reported
