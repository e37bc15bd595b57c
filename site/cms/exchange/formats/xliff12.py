"""XLIFF 1.2, which every CAT tool reads.

Codes are ``<g>`` in pairs and ``<x>`` alone, with the code as ``id``: tools may move them, and
``<ph>``, which some show as text, is not needed. The page's key is the ``original`` of its file
element, the place in the page the ``resname`` of a unit.

A target that holds its source for a program that translates in place is ``needs-translation`` with
the qualifier ``x-prefilled``. Such a program leaves both as they are: of another text they say
nothing.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from lxml import etree

from cms.exchange.formats.format import PRODUCT, about, as_key, as_moment, written_state
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
from cms.languages.tags import registered_code
from cms.translation.fragments import Token, language_of_code
from cms.translation.strings import State

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_WRITTEN_STATES: Final[dict[State, str]] = {
    "needs-translation": "needs-translation",
    "needs-review": "needs-review-translation",
    "translated": "translated",
    "final": "final",
}
_READ_STATES: Final[dict[str, State]] = {
    **{written: state for state, written in _WRITTEN_STATES.items()},
    "new": "needs-translation",
    "needs-adaptation": "needs-review",
    "needs-l10n": "needs-review",
    "needs-review-adaptation": "needs-review",
    "needs-review-l10n": "needs-review",
    "signed-off": "final",
}
_PREFILLED: Final = "x-prefilled"
_UNCONFIRMED: Final = frozenset(
    {
        "fuzzy-match",
        "leveraged-mt",
        "mt-suggestion",
        "tm-suggestion",
        "rejected-grammar",
        "rejected-inaccurate",
        "rejected-length",
        "rejected-spelling",
    }
)
"""Qualifiers of a text that nobody has confirmed, or somebody rejected."""

_PAIRS: Final = frozenset({"g", "x"})
_TRANSPARENT: Final = frozenset({"mrk"})


def write(header: Header, groups: Iterable[UnitGroup], file: IO[bytes]) -> None:
    """Writes one ``<file>`` for each page or snippet."""
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_name("xliff"), {"version": "1.2"}, nsmap={None: NAMESPACE}):
            for group in groups:
                xml.write("\n", _file(header, group))
            xml.write("\n")


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    child = etree.SubElement(
        parent, _name(tag), {name.replace("_", "-"): value for name, value in attributes.items()}
    )
    if text:
        append_text(child, text)
    return child


def _file(header: Header, group: UnitGroup) -> Any:
    element = etree.Element(
        _name("file"),
        {
            "original": str(group.key),
            "source-language": header.source_language,
            "target-language": header.target_language,
            "datatype": "html",
            "date": header.exported_at.isoformat(),
            "product-name": PRODUCT,
            _XML_SPACE: "preserve",
        },
        nsmap={None: NAMESPACE},
    )
    head = _add(element, "header")
    if group.preview_url:
        _add(_add(head, "reference"), "external-file", href=group.preview_url)
    _add(head, "note", about(group), **{"from": PRODUCT})
    if group.preview_url:
        _add(head, "note", group.preview_url, **{"from": "preview"})
    _add(head, "note", header.site, **{"from": "site"})
    body = _add(element, "body")
    # A line for each text: reports name it, and two files can be compared.
    body.text = "\n"
    for number, unit in enumerate(group.units, start=1):
        _unit(body, number, unit)
    return element


def _unit(body: Any, number: int, unit: Unit) -> None:
    element = _add(body, "trans-unit", id=f"u{number}", resname=unit.path)
    element.tail = "\n"
    if unit.max_length is not None:
        element.set("maxwidth", str(unit.max_length))
        element.set("size-unit", "char")
    fill(_add(element, "source"), unit.source, _pair, _alone)
    target = _add(element, "target", state=_WRITTEN_STATES[unit.state])
    if unit.is_prefilled:
        target.set("state-qualifier", _PREFILLED)
    fill(target, unit.target, _pair, _alone)
    for origin, text in (("field", unit.label), ("note", unit.note)):
        if text:
            _add(element, "note", text, **{"from": origin})
    if unit.previous_target:
        before = _add(element, "alt-trans", alttranstype="previous-version")
        fill(_add(before, "source"), unit.previous_source, _pair, _alone)
        fill(_add(before, "target"), unit.previous_target, _pair, _alone)


def _pair(parent: Any, token: Token) -> Any:
    kind = "link" if token.value == "a" else f"x-html-{token.value}"
    if language_of_code(token.code):
        kind = "x-language"
    return _add(parent, "g", id=token.code, ctype=kind)


def _alone(parent: Any, token: Token) -> Any:
    return _add(parent, "x", id=token.code, ctype="lb")


def read(path: Path, name: str) -> ReceivedFile:
    """Reads a file of XLIFF 1.0 to 1.2.

    Raises:
        UnreadableFile: it is no well-formed XML, or has no ``<file>``.
    """
    elements = xml_elements(path, name, {"trans-unit", "file", "header"})
    files = (element for event, tag, element in elements if event == "start" and tag == "file")
    first = next(files, None)
    if first is None:
        raise UnreadableFile(_("%(name)s has no <file>.") % {"name": name})
    language = first.get("target-language", "")
    return ReceivedFile(
        name=name,
        source_language=first.get("source-language", ""),
        target_language=language,
        exported_at=as_moment(first.get("date")),
        units=_units(elements, first, name, language),
    )


def _units(
    elements: Iterator[tuple[str, str, Any]], first: Any, name: str, language: str
) -> Iterator[ReceivedUnit]:
    key = as_key(first.get("original"))
    for event, tag, element in elements:
        if event == "start" and tag == "file":
            key = as_key(element.get("original"))
            if not _is_same(element.get("target-language", ""), language):
                raise UnreadableFile(
                    _("%(name)s, line %(line)d: a file has one language; this is “%(code)s”.")
                    % {
                        "name": name,
                        "line": element.sourceline,
                        "code": element.get("target-language", ""),
                    }
                )
        elif event == "end" and tag == "trans-unit":
            yield _received(element, key)


def _is_same(tag: str, other: str) -> bool:
    return (registered_code(tag) or tag) == (registered_code(other) or other)


def _received(element: Any, key: Any) -> ReceivedUnit:
    namespace = etree.QName(element).namespace
    prefix = f"{{{namespace}}}" if namespace else ""
    source = element.find(f"{prefix}source")
    target = element.find(f"{prefix}target")
    source_text = text = problem = ""
    state: State | None = None
    if source is not None:
        source_text, _damage = read_fragment(source, "id", pairs=_PAIRS, transparent=_TRANSPARENT)
    if target is not None:
        text, problem = read_fragment(target, "id", pairs=_PAIRS, transparent=_TRANSPARENT)
        state = _state(element, target)
        if target.get("state-qualifier") == _PREFILLED:
            state = written_state(state, source_text, text)
    return ReceivedUnit(
        line=element.sourceline or 0,
        key=key,
        path=element.get("resname", ""),
        source=source_text,
        target=text,
        state=state,
        problem=problem,
        is_locked=is_locked(element),
        is_half_done=target is not None and _is_half_done(element, target, prefix),
    )


def _state(unit: Any, target: Any) -> State | None:
    """The state of a target by all that a unit says of it, the least of what is said."""
    state = _READ_STATES.get(target.get("state", ""))
    if state == "needs-translation":
        return state
    if unit.get("approved") == "no":
        return "needs-review"
    if state in ("needs-review", "final"):
        return state
    if target.get("state-qualifier") in _UNCONFIRMED:
        return "needs-review"
    return "final" if unit.get("approved") == "yes" else state


def _is_half_done(unit: Any, target: Any, prefix: str) -> bool:
    """Tells whether one of the segments into which a program has cut a unit has no text."""
    there = _segments(target, prefix)
    cut = unit.find(f"{prefix}seg-source")
    wanted = there if cut is None else [has for has in _segments(cut, prefix) if has]
    return bool(there) and there.count(True) < len(wanted)


def _segments(element: Any, prefix: str) -> list[bool]:
    """Tells of each segment whether it has text."""
    return [_has_text(mark) for mark in element.iter(f"{prefix}mrk") if mark.get("mtype") == "seg"]


def _has_text(element: Any) -> bool:
    return bool("".join(element.itertext()).strip())
