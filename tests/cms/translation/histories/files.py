"""Files that come back from translators, as their programs leave them."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree

from cms.exchange.importing import Import, import_file
from cms.exchange.results import REFUSED
from cms.exchange.units import Unit, UnitGroup
from cms.translation.lifecycle.publishing import publish_translation
from tests.cms.exchange.carrying import filled
from tests.cms.translation.histories.judge import Place, folded, has_letters
from tests.cms.translation.histories.world import Keys, World, begun

FORMATS = ("xliff", "xliff2", "po")

_WORD = re.compile(r"[^\W\d_]+")
_XLIFF_1 = "{urn:oasis:names:tc:xliff:document:1.2}"
_XLIFF_2 = "{urn:oasis:names:tc:xliff:document:2.0}"


@dataclass
class Brought:
    """The texts of a file, by what was done with them.

    Attributes:
        done: translated.
        same: as in the source, and said to be so.
        confirmed: as they were handed out, and read by somebody.
        half: with a segment that has no text.
        left: with a whole sentence of the source.
    """

    done: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def bring_file(world: World, a: int, b: int, c: int) -> Keys:
    """A file comes back in which each text was left in one of the ways of translators' programs."""
    translation = begun(world, a)
    key, target = translation.source.object_id, translation.target_locale
    code = target.language_code
    format_name = FORMATS[c % len(FORMATS)]
    brought = Brought()
    fill = _translator(world, code, brought, b, c, is_xliff=format_name != "po")
    path = filled(world.folder, fill, format_name, language=code, keys=[key])
    _cut(path, format_name, set(brought.half))
    user = world.other if b % 3 == 0 else world.user
    report, _changed = import_file(path, path.name, Import(user=user))
    # A page of which one text is refused stays as it is.
    if all(result.outcome != REFUSED for result in report.results):
        _note(world, (key, code), brought, user.pk)
    if c % 2:
        publish_translation(translation.source, target, world.user)
    return set(world.keys) if brought.same else {key}


def _note(world: World, place: Place, brought: Brought, user: int) -> None:
    for text in brought.done:
        world.log.enter(place, text, user)
    for text in brought.confirmed:
        world.log.approve(place, text, user)
    world.log.unfinished[place].update(map(folded, [*brought.half, *brought.left]))
    world.log.kept[place].update(map(folded, [*brought.done, *brought.half, *brought.left]))
    for text in filter(has_letters, brought.same):
        world.log.say(place[1], text, user)


def _translator(
    world: World, code: str, brought: Brought, b: int, c: int, *, is_xliff: bool
) -> Callable[[UnitGroup, Unit], Unit]:
    """Somebody who leaves each text in another way; what a format cannot say is translated."""
    number = b

    def fill(_group: UnitGroup, unit: Unit) -> Unit:
        nonlocal number
        number += 1 + c % 5
        if unit.path == "slug":
            return unit
        words = _same_markup(unit.source, world.new_words(code))
        match number % 8:
            case 0:
                return unit
            case 1:
                return replace(unit, target=unit.source, state="needs-translation")
            case 2 if is_xliff:
                brought.same.append(unit.source)
                return replace(unit, target=unit.source, state="final")
            case 3 if is_xliff and "<" not in unit.source and " " in unit.source:
                brought.half.append(words)
                return replace(unit, target=words, state="translated")
            case 4 if len(_WORD.findall(folded(unit.source))) >= 4:
                brought.left.append(f"{unit.source} {world.new_words(code)}")
                return replace(unit, target=brought.left[-1], state="translated")
            case 5 if unit.target and is_xliff:
                brought.confirmed.append(unit.target)
                return replace(unit, state="final")
        brought.done.append(words)
        return replace(unit, target=words, state="translated")

    return fill


def _same_markup(source: str, words: str) -> str:
    """Words with the tags that the source has."""
    return f"<b>{words}</b>" if "<b>" in source else words


def _cut(path: Path, format_name: str, half: Collection[str]) -> None:
    """Divides some texts as a program does, and leaves the second part without a translation."""
    if not half:
        return
    document = etree.parse(path)
    name, cut = {
        "xliff": (f"{_XLIFF_1}target", _cut_target),
        "xliff2": (f"{_XLIFF_2}segment", _cut_segment),
    }[format_name]
    for element in list(document.iter(name)):
        target = element if format_name == "xliff" else element.find(f"{_XLIFF_2}target")
        if target is not None and target.text in half:
            cut(element)
    document.write(path, encoding="utf-8", xml_declaration=True)


def _cut_target(target: Any) -> None:
    first = etree.SubElement(target, f"{_XLIFF_1}mrk", mtype="seg", mid="1")
    first.text, target.text = target.text, None
    etree.SubElement(target, f"{_XLIFF_1}mrk", mtype="seg", mid="2")


def _cut_segment(segment: Any) -> None:
    source = segment.find(f"{_XLIFF_2}source")
    first, rest = source.text.split(" ", 1)
    source.text = f"{first} "
    second = etree.Element(f"{_XLIFF_2}segment")
    etree.SubElement(second, f"{_XLIFF_2}source").text = rest
    segment.addnext(second)
