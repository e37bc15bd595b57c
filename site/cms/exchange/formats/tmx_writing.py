"""The parts of which a TMX file is written, in one language or in many.

Codes are ``<bpt>`` and ``<ept>`` in pairs and ``<ph>`` alone; each holds the HTML it stands for.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

from cms.common.characters import for_xml
from cms.exchange.formats.format import PRODUCT
from cms.exchange.formats.markup import append_text
from cms.translation.fragments import Damaged, Token, fragment, plain_text, tokens

LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute of a ``<tuv>`` that says its language."""

_DOCTYPE: Final = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
_VERSION: Final = "1"
_PIECE: Final = 1 << 16


class _Gathered:
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self.parts.append(data)
        self.size += len(data)
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self.parts)
        self.parts.clear()
        self.size = 0
        return taken


def written(header: Any, units: Iterable[Any]) -> Iterator[bytes]:
    """A whole file in pieces, of which none is kept.

    Args:
        header: as :func:`header_element` makes one.
        units: elements ``<tu>``.
    """
    file = _Gathered()
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration(doctype=_DOCTYPE)
        with xml.element("tmx", {"version": "1.4"}):
            xml.write("\n", header, "\n")
            with xml.element("body"):
                for unit in units:
                    xml.write("\n", unit)
                    if file.size > _PIECE:
                        yield file.take()
                xml.write("\n")
    yield file.take()


def moment(at: datetime) -> str:
    """A moment as the attributes of TMX have it, ``20261124T123005Z``."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def header_element(
    source_language: str, exported_at: datetime, properties: Mapping[str, str]
) -> Any:
    """The header of a file, with properties beside the attributes that it has to have."""
    element = etree.Element(
        "header",
        {
            "creationtool": PRODUCT,
            "creationtoolversion": _VERSION,
            "segtype": "sentence",
            "o-tmf": PRODUCT,
            "adminlang": "en",
            "srclang": source_language,
            "datatype": "html",
            "creationdate": moment(exported_at),
        },
    )
    for kind, text in properties.items():
        add_property(element, kind, text)
    return element


def add_property(parent: Any, kind: str, text: str) -> None:
    """Adds a ``<prop>``; all come before the first variant."""
    append_text(etree.SubElement(parent, "prop", {"type": kind}), text)


def add_variant(
    parent: Any,
    language: str,
    text: str,
    attributes: Mapping[str, str] | None = None,
    properties: Mapping[str, str] | None = None,
) -> None:
    """Adds a ``<tuv>``: a fragment in one language."""
    variant = etree.SubElement(parent, "tuv", {LANGUAGE: language})
    for name, value in (attributes or {}).items():
        variant.set(name, value)
    for kind, value in (properties or {}).items():
        add_property(variant, kind, value)
    segment = etree.SubElement(variant, "seg")
    try:
        parts = tokens(text)
    except Damaged:
        parts = [Token("text", plain_text(text))]
    pairs: dict[str, str] = {}
    for token in parts:
        if token.kind == "text":
            append_text(segment, token.value)
        elif token.kind == "alone":
            etree.SubElement(segment, "ph", {"type": "lb"}).text = f"<{token.value}/>"
        elif token.kind == "open":
            pairs[token.code] = str(len(pairs) + 1)
            html = for_xml(fragment([token]))
            etree.SubElement(segment, "bpt", {"i": pairs[token.code]}).text = html
        else:
            html = f"</{token.value}>"
            etree.SubElement(segment, "ept", {"i": pairs[token.code]}).text = html
