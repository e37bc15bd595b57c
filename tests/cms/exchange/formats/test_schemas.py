"""Every XML file that is written is valid against the official schemas."""

from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from cms.exchange.formats import FORMATS
from cms.exchange.units import Unit
from tests.cms.exchange.formats.samples import HEADER, SPECIMENS, group, unit

SCHEMAS = Path(__file__).resolve().parents[5] / "shared" / "schemas"

CHOSEN = (
    unit(
        'Läs <a id="a1"><b>hela</b> planen</a>, <i>nu</i><br/>och <b>sedan</b>',
        '<b>Låga</b> <a id="a1">plána</a>',
        "needs-review",
        path="body.1a2b.text",
        label="Brödtext › Stycke",
        note="Kort.",
        previous_source='Läs <a id="a1">planen</a>',
        previous_target='Låga <a id="a1">plánav</a>',
        max_length=255,
    ),
    unit("Titel", "Tihttal", "translated"),
    unit("Slutlig", "Maŋemus", "final"),
    unit("Kvar"),
    *(
        unit(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        for text in SPECIMENS
    ),
)


def schemas(folder: str) -> Path:
    path = SCHEMAS / folder
    if not path.is_dir():
        pytest.skip(f"The official schemas are not here: {folder} beside the checkout is missing.")
    return path


def written(name: str, *chosen: Unit) -> etree._ElementTree:
    file = BytesIO()
    FORMATS[name].write(HEADER, [group(*chosen), group(unit("En till"))], file)
    file.seek(0)
    return etree.parse(file)


class _Beside(etree.Resolver):
    """Finds a schema that another imports by an address on the web beside it."""

    def __init__(self, folder: Path) -> None:
        self.files = {path.name: path for path in folder.rglob("*.xsd")}

    def resolve(self, address: str, public_id: str, context: object) -> object:  # type: ignore[override]
        found = self.files.get(address.rpartition("/")[2])
        return self.resolve_filename(str(found), context) if found else None


def schema(folder: str, name: str) -> etree.XMLSchema:
    path = schemas(folder)
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside(path))
    return etree.XMLSchema(etree.parse(path / name, parser))


def test_xliff_1_2_is_valid() -> None:
    schema("xliff-1.2", "xliff-core-1.2-strict.xsd").assertValid(written("xliff", *CHOSEN))


def test_xliff_2_1_is_valid() -> None:
    tree = written("xliff2", *CHOSEN)
    schema("xliff-2.1", "xliff_core_2.0.xsd").assertValid(tree)
    assert tree.getroot().get("version") == "2.1"


def test_tmx_is_valid() -> None:
    dtd = etree.DTD(str(schemas("tmx") / "tmx14.dtd"))
    assert dtd.validate(written("tmx", *CHOSEN)), dtd.error_log


def test_a_file_that_is_not_valid_is_seen() -> None:
    tree = written("xliff", *CHOSEN)
    tree.getroot()[0].attrib.pop("original")
    assert not schema("xliff-1.2", "xliff-core-1.2-strict.xsd").validate(tree)
