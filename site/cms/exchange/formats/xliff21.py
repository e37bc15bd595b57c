"""XLIFF 2.1.

Codes are ``<pc>`` in pairs and ``<ph>`` alone; ``originalData`` has the HTML that they stand for.
The page's key is the ``original`` of its file element, the place in the page the ``name`` of a
unit. XLIFF 2 has no state for a text that somebody still has to read: it is ``translated`` with
the ``subState`` ``cms:needs-review``. A target that holds its source for a program that translates
in place is ``initial`` with the ``subState`` ``cms:prefilled``; of another text that says nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from lxml import etree

from cms.exchange.formats.format import about, as_key, as_moment, written_state
from cms.exchange.formats.markup import append_text, fill, is_locked, read_fragment
from cms.exchange.safety import xml_elements
from cms.exchange.units import (
    Header,
    ReceivedFile,
    ReceivedUnit,
    Unit,
    UnitGroup,
    UnreadableFile,
)
from cms.translation.fragments import Token, language_of_code
from cms.translation.strings import State

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_NEEDS_REVIEW: Final = "cms:needs-review"
_PREFILLED: Final = "cms:prefilled"
_EXPORTED_AT: Final = "exported-at"

_WRITTEN_STATES: Final[dict[State, str]] = {
    "needs-translation": "initial",
    "needs-review": "translated",
    "translated": "translated",
    "final": "final",
}
_READ_STATES: Final[dict[str, State]] = {
    "initial": "needs-translation",
    "translated": "translated",
    "reviewed": "translated",
    "final": "final",
}
_PAIRS: Final = frozenset({"pc", "ph"})
_TRANSPARENT: Final = frozenset({"mrk"})


def write(header: Header, groups: Iterable[UnitGroup], file: IO[bytes]) -> None:
    """Writes one ``<file>`` for each page or snippet."""
    root = {
        "version": "2.1",
        "srcLang": header.source_language,
        "trgLang": header.target_language,
    }
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_name("xliff"), root, nsmap={None: NAMESPACE}):
            for number, group in enumerate(groups, start=1):
                xml.write("\n", _file(header, group, number))
            xml.write("\n")


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    child = etree.SubElement(parent, _name(tag), attributes)
    if text:
        append_text(child, text)
    return child


def _notes(parent: Any, notes: Iterable[tuple[str, str]]) -> None:
    """Notes by category; no element at all where there is none."""
    written = [(category, text) for category, text in notes if text]
    if not written:
        return
    element = _add(parent, "notes")
    for category, text in written:
        _add(element, "note", text, category=category)


def _file(header: Header, group: UnitGroup, number: int) -> Any:
    element = etree.Element(
        _name("file"),
        {"id": f"f{number}", "original": str(group.key), _XML_SPACE: "preserve"},
        nsmap={None: NAMESPACE},
    )
    _notes(
        element,
        [
            ("page", about(group)),
            ("preview", group.preview_url),
            ("site", header.site),
            (_EXPORTED_AT, header.exported_at.isoformat()),
        ],
    )
    # A line for each text: reports name it, and two files can be compared.
    element[-1].tail = "\n"
    for position, unit in enumerate(group.units, start=1):
        _unit(element, position, unit)
    return element


def _unit(parent: Any, number: int, unit: Unit) -> None:
    element = _add(parent, "unit", id=f"u{number}", name=unit.path)
    element.tail = "\n"
    length = "" if unit.max_length is None else str(unit.max_length)
    _notes(
        element,
        [
            ("field", unit.label),
            ("note", unit.note),
            ("max-length", length),
            ("previous-source", unit.previous_source if unit.previous_target else ""),
            ("previous-target", unit.previous_target),
        ],
    )
    codes = _Codes()
    segment = etree.Element(_name("segment"), {"state": _WRITTEN_STATES[unit.state]})
    if unit.state == "needs-review":
        segment.set("subState", _NEEDS_REVIEW)
    elif unit.is_prefilled:
        segment.set("subState", _PREFILLED)
    fill(_add(segment, "source"), unit.source, codes.pair, codes.alone)
    if unit.target:
        fill(_add(segment, "target"), unit.target, codes.pair, codes.alone)
    if codes.data:
        original = _add(element, "originalData")
        for text, identity in codes.data.items():
            _add(original, "data", text, id=identity)
    element.append(segment)


class _Codes:
    """Writes codes, and remembers the HTML of each once.

    An id may stand once in a source or target: a bold that a translator repeated gets another.
    """

    def __init__(self) -> None:
        self.data: dict[str, str] = {}

    def _reference(self, html: str) -> str:
        return self.data.setdefault(html, f"d{len(self.data) + 1}")

    def pair(self, parent: Any, token: Token) -> Any:
        is_link = token.value == "a"
        html = f'<a id="{token.code}">' if is_link else f"<{token.value}>"
        return _add(
            parent,
            "pc",
            id=token.code,
            type="link" if is_link and not language_of_code(token.code) else "fmt",
            dataRefStart=self._reference(html),
            dataRefEnd=self._reference(f"</{token.value}>"),
        )

    def alone(self, parent: Any, token: Token) -> Any:
        return _add(parent, "ph", id=token.code, type="fmt", dataRef=self._reference("<br/>"))


def read(path: Path, name: str) -> ReceivedFile:
    """Reads a file of XLIFF 2.0 or 2.1, or of 2.2 as far as it says the same.

    Raises:
        UnreadableFile: it is no well-formed XML, or has no ``<file>``.
    """
    elements = xml_elements(path, name, {"unit", "file"})
    source_language = target_language = ""
    first = exported_at = None
    for event, tag, element in elements:
        if event == "start" and tag == "xliff":
            source_language = element.get("srcLang", "")
            target_language = element.get("trgLang", "")
        elif event == "start" and tag == "file" and first is None:
            first = as_key(element.get("original"))
        elif event == "end" and tag == "note" and element.get("category") == _EXPORTED_AT:
            exported_at = as_moment(element.text)
        elif event == "start" and tag == "unit":
            break
    else:
        raise UnreadableFile(_("%(name)s has no texts.") % {"name": name})
    return ReceivedFile(
        name=name,
        source_language=source_language,
        target_language=target_language,
        exported_at=exported_at,
        units=_units(elements, first),
    )


def _units(elements: Iterator[tuple[str, str, Any]], first: Any) -> Iterator[ReceivedUnit]:
    key = first
    for event, tag, element in elements:
        if event == "start" and tag == "file":
            key = as_key(element.get("original"))
        elif event == "end" and tag == "unit":
            yield _received(element, key)


def _received(element: Any, key: Any) -> ReceivedUnit:
    """Joins the segments into which a tool may have cut a unit."""
    source = ""
    parts = []
    for part in element:
        kind = etree.QName(part).localname
        if kind in ("segment", "ignorable"):
            text, _damage = _fragment(part, "source")
            source += text
            parts.append(_part(part, len(parts) + 1, text, is_segment=kind == "segment"))
    segments = [one for one in parts if one.is_segment and one.source.strip()]
    done = [one for one in segments if one.target.strip()]
    return ReceivedUnit(
        line=element.sourceline or 0,
        key=key,
        path=element.get("name", ""),
        source=source,
        target="".join(one.target for one in sorted(parts, key=_order)) if done else "",
        state=_earliest(one.state for one in done or segments),
        problem=next((one.problem for one in parts if one.problem), ""),
        is_locked=is_locked(element),
        is_half_done=0 < len(done) < len(segments),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment, or what stands between two.

    Attributes:
        order: its place in the target, from 1.
    """

    source: str
    target: str
    order: int
    is_segment: bool
    state: State | None
    problem: str


_order = attrgetter("order")


def _part(element: Any, number: int, source: str, *, is_segment: bool) -> _Part:
    found = element.find("{*}target")
    if found is None:
        state = _state(element, source, "") if is_segment else None
        # What stands between two segments is the same in every language, unless a target says so.
        return _Part(source, "" if is_segment else source, number, is_segment, state, "")
    target, problem = _fragment(element, "target")
    order = found.get("order", "")
    return _Part(
        source,
        target,
        int(order) if order.isdecimal() and len(order) < 10 else number,
        is_segment,
        _state(element, source, target),
        problem,
    )


def _fragment(part: Any, tag: str) -> tuple[str, str]:
    element = part.find(f"{{*}}{tag}")
    if element is None:
        return "", ""
    return read_fragment(element, "id", pairs=_PAIRS, transparent=_TRANSPARENT)


def _state(segment: Any, source: str, target: str) -> State | None:
    if segment.get("subState") == _NEEDS_REVIEW:
        return "needs-review"
    state = _READ_STATES.get(segment.get("state", ""))
    if segment.get("subState") == _PREFILLED:
        return written_state(state, source, target)
    return state


def _earliest(states: Iterable[State | None]) -> State | None:
    """The earliest of some states: a text is only as far as the least of its segments."""
    order: tuple[State | None, ...] = (
        "needs-translation",
        "needs-review",
        None,
        "translated",
        "final",
    )
    return min(states, key=order.index, default=None)
