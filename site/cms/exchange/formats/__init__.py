"""The formats that translators' tools read and write."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from cms.common.characters import for_xml
from cms.exchange.formats import po, tmx, xliff12, xliff21, xlsx
from cms.exchange.formats.format import Format
from cms.exchange.safety import MOST_UNITS, check_size, too_many, xml_elements
from cms.exchange.units import ReceivedFile, ReceivedUnit, UnreadableFile

FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        Format("xliff", "XLIFF 1.2", ".xlf", "application/xliff+xml", xliff12.write, xliff12.read),
        Format("xliff2", "XLIFF 2.1", ".xlf", "application/xliff+xml", xliff21.write, xliff21.read),
        Format("po", "PO (gettext)", ".po", "text/x-gettext-translation", po.write, po.read),
        Format(
            "xlsx",
            "Excel (XLSX)",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx.write,
            xlsx.read,
        ),
        Format("tmx", "TMX 1.4b", ".tmx", "application/x-tmx+xml", tmx.write, tmx.read),
    )
}
"""By the name that commands and forms use."""

_BEGINNING: Final = 4096
_ZIP: Final = b"PK\x03\x04"


def read_file(path: Path, name: str, language: str = "") -> ReceivedFile:
    """Reads a file of any of the formats, which it recognises by what is in it.

    Args:
        name: what the file is called in messages; that of an upload is another than the path's.
        language: the one to read of a file that has several and does not say which is meant.

    Raises:
        UnreadableFile: it is of none of them, damaged, or not safe to read.
    """
    check_size(path, name)
    file = _recognised(path, name)
    if file.units_in is not None and language:
        file = replace(file, units=file.units_in(language))
    return replace(file, units=_checked(file))


def _recognised(path: Path, name: str) -> ReceivedFile:
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if beginning.startswith(_ZIP):
        return xlsx.read(path, name)
    if _text(beginning).lstrip("\ufeff \t\r\n").startswith("<"):
        return _xml_format(path, name).read(path, name)
    if b"msgid" in beginning:
        return po.read(path, name)
    raise UnreadableFile(
        _("%(name)s is none of: %(formats)s.")
        % {"name": name, "formats": ", ".join(one.label for one in FORMATS.values())}
    )


def _checked(file: ReceivedFile) -> Iterator[ReceivedUnit]:
    """The units, no more than are read, without characters that no database holds."""
    for number, unit in enumerate(file.units, start=1):
        if number > MOST_UNITS:
            raise too_many(file.name)
        yield replace(
            unit,
            path=for_xml(unit.path),
            source=for_xml(unit.source),
            target=for_xml(unit.target),
        )


def _text(beginning: bytes) -> str:
    is_wide = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    return beginning.decode("utf-16" if is_wide else "utf-8", errors="replace")


def _xml_format(path: Path, name: str) -> Format:
    elements = xml_elements(path, name, ())
    for _event, tag, root in elements:
        elements.close()  # type: ignore[attr-defined]
        if tag == "tmx":
            return FORMATS["tmx"]
        if tag == "xliff":
            return FORMATS["xliff2" if root.get("version", "").startswith("2") else "xliff"]
        raise UnreadableFile(
            _("%(name)s is XML, and neither XLIFF nor TMX but <%(tag)s>.")
            % {"name": name, "tag": tag}
        )
    raise UnreadableFile(_("%(name)s is empty.") % {"name": name})
