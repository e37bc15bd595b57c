"""TMX 1.4b: what a translation memory learns from, and a file to bring back as well.

The page's key and the place are properties of a unit.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext as _
from lxml import etree

from cms.exchange.formats.format import about, as_key, as_moment, as_state, written_state
from cms.exchange.formats.markup import append_text
from cms.exchange.formats.tmx_writing import (
    LANGUAGE,
    add_property,
    add_variant,
    header_element,
    written,
)
from cms.exchange.safety import LARGEST_TEXT, xml_elements
from cms.exchange.units import (
    Header,
    ReceivedFile,
    ReceivedUnit,
    Unit,
    UnitGroup,
    UnreadableFile,
)
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.languages.tags import registered_code
from cms.translation.fragments import (
    Damaged,
    Token,
    fragment,
    plain_text,
    tokens,
)


def write(header: Header, groups: Iterable[UnitGroup], file: IO[bytes]) -> None:
    """Writes one unit for each string; one without a translation has its source alone."""
    units = (
        _unit(header, group, unit, number)
        for group in groups
        for number, unit in enumerate(group.units, start=1)
    )
    for piece in written(_header(header), units):
        file.write(piece)


def _header(header: Header) -> Any:
    # The header has no attribute for these, and its date has no parts of a second.
    properties = {
        "x-target-language": header.target_language,
        "x-exported-at": header.exported_at.isoformat(),
        "x-site": header.site,
    }
    return header_element(header.source_language, header.exported_at, properties)


def _unit(header: Header, group: UnitGroup, unit: Unit, number: int) -> Any:
    element = etree.Element("tu", {"tuid": f"{group.key}-{number}"})
    for text in (about(group), group.preview_url, unit.label, unit.note):
        if text:
            append_text(etree.SubElement(element, "note"), text)
    add_property(element, "x-key", str(group.key))
    add_property(element, "x-path", unit.path)
    add_property(element, "x-state", unit.state)
    add_variant(element, header.source_language, unit.source)
    if unit.target:
        add_variant(element, header.target_language, unit.target)
    return element


def read(path: Path, name: str) -> ReceivedFile:
    """Reads a TMX file of ours, or as a CAT tool writes ours back.

    Raises:
        UnreadableFile: it is no well-formed XML, or has no header.
    """
    elements = xml_elements(path, name, {"tu", "header"})
    properties: dict[str, str] = {}
    source_language = ""
    for event, tag, element in elements:
        if event == "start" and tag == "header":
            source_language = element.get("srclang", "")
        elif event == "end" and tag == "prop":
            properties[element.get("type", "")] = element.text or ""
        elif event == "start" and tag == "body":
            break
    else:
        raise UnreadableFile(_("%(name)s has no <body>.") % {"name": name})
    target_language = properties.get("x-target-language", "")
    # A memory may say that any of its languages is the source.
    source_language = "" if source_language == "*all*" else source_language
    units_in = partial(_units, elements, _code(source_language) or SOURCE_LANGUAGE_CODE)
    return ReceivedFile(
        name=name,
        source_language=source_language,
        target_language=target_language,
        exported_at=as_moment(properties.get("x-exported-at")),
        units=units_in(target_language),
        units_in=None if target_language else units_in,
    )


def _units(
    elements: Iterator[tuple[str, str, Any]], source_language: str, language: str
) -> Iterator[ReceivedUnit]:
    code = _code(language)
    for event, tag, element in elements:
        if event == "end" and tag == "tu":
            yield _received(element, source_language, code)


def _code(tag: str) -> str:
    """The code of a language here, whatever variant of it a file names."""
    return registered_code(tag) or tag.casefold()


def _received(element: Any, source_language: str, language: str) -> ReceivedUnit:
    properties = {prop.get("type", ""): prop.text or "" for prop in element.findall("prop")}
    texts: dict[str, tuple[str, str]] = {}
    for variant in element.findall("tuv"):
        code = variant.get(LANGUAGE) or variant.get("lang") or ""
        segment = variant.find("seg")
        if segment is not None:
            texts.setdefault(_code(code), _fragment(segment))
    source, _damage = texts.pop(source_language, ("", ""))
    others = list(texts.values())
    target, problem = texts.get(language, ("", ""))
    if not language and len(others) == 1:
        [(target, problem)] = others
    key: UUID | None = as_key(properties.get("x-key"))
    state = as_state(properties.get("x-state")) if target or problem else "needs-translation"
    return ReceivedUnit(
        line=element.sourceline or 0,
        key=key,
        path=properties.get("x-path", ""),
        source=source,
        target=target,
        state=written_state(state, source, target),
        problem=problem,
    )


def _fragment(segment: Any) -> tuple[str, str]:
    """Reads a fragment; each code holds the HTML for which it stands."""
    parts = [fragment([Token("text", segment.text)])] if segment.text else []
    for child in segment:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in ("bpt", "ept", "ph"):
            parts.append(child.text or "")
        elif name == "hi":
            parts.append(_fragment(child)[0])
        else:
            reason = _("<%(tag)s> is none of the codes of the source.") % {"tag": name or "&…;"}
            return "".join(segment.itertext()), reason
        if child.tail:
            parts.append(fragment([Token("text", child.tail)]))
    text = "".join(parts)
    if len(text) > LARGEST_TEXT:
        return "", _("It is longer than %(limit)d characters.") % {"limit": LARGEST_TEXT}
    try:
        tokens(text)
    except Damaged as error:
        return plain_text(text), str(error)
    return text, ""
