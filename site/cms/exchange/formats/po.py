"""gettext's PO: fragments as they are, the page's key and place as the context.

``fuzzy`` is a text that somebody still has to read, or the source's in place of a missing one; the
flag ``x-final`` one that is final. A text whose source has changed comes empty, with the old
translation in a comment: as a fuzzy text it would pass for a translation of the new source.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import polib
from django.utils.translation import gettext as _

from cms.common.characters import for_xml
from cms.exchange.formats.format import about, as_key, as_moment
from cms.exchange.safety import LARGEST_TEXT, MOST_UNITS, too_many
from cms.exchange.units import (
    Header,
    ReceivedFile,
    ReceivedUnit,
    Unit,
    UnitGroup,
    UnreadableFile,
)
from cms.translation.strings import State

_FINAL: Final = "x-final"
_FUZZY: Final = "fuzzy"
_WHOLE_LINES: Final = 0
_ENTRY: Final = re.compile(rb"\s*(?:#~\s*)?msgid\b")


def write(header: Header, groups: Iterable[UnitGroup], file: IO[bytes]) -> None:
    """Writes one entry after the other; nothing is kept in memory."""
    top = polib.POFile(wrapwidth=_WHOLE_LINES)
    top.metadata = {
        "Language": header.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": header.source_language,
        "X-Exported-At": header.exported_at.isoformat(),
        "X-Site": header.site,
    }
    file.write(f"{top}\n".encode())
    for group in groups:
        for unit in group.units:
            entry = _entry(group, unit).__unicode__(wrapwidth=_WHOLE_LINES)
            file.write(f"{entry}\n".encode())


def _entry(group: UnitGroup, unit: Unit) -> polib.POEntry:
    limit = f"max. {unit.max_length}" if unit.max_length is not None else ""
    notes = [about(group), group.preview_url, unit.label, unit.note, limit]
    if unit.previous_target:
        notes.append(f"= {unit.previous_target}")
    flags = {"needs-review": [_FUZZY], "final": [_FINAL]}.get(unit.state, [])
    if unit.is_prefilled:
        flags = [_FUZZY]
    return polib.POEntry(
        msgctxt=f"{group.key}:{unit.path}",
        msgid=for_xml(unit.source),
        msgstr=for_xml(unit.target),
        comment="\n".join(for_xml(note) for note in notes if note),
        flags=list(flags),
        previous_msgid=for_xml(unit.previous_source) if unit.previous_target else None,
    )


def read(path: Path, name: str) -> ReceivedFile:
    """Reads a PO file in UTF-8, or in the encoding that it names.

    Raises:
        UnreadableFile: it is none.
    """
    _check_number(path, name)
    try:
        # The path, never the contents: polib takes a string that names a file for its contents.
        file = polib.pofile(str(path), encoding=polib.detect_encoding(str(path)))
    except (OSError, UnicodeError, LookupError, ValueError, IndexError) as error:
        reason = str(error).replace(str(path), name)
        raise UnreadableFile(
            _("%(name)s is no PO file that can be read (%(why)s). Save it as PO in UTF-8.")
            % {"name": name, "why": reason}
        ) from error
    return ReceivedFile(
        name=name,
        source_language=file.metadata.get("X-Source-Language", ""),
        target_language=file.metadata.get("Language", ""),
        exported_at=as_moment(file.metadata.get("X-Exported-At")),
        units=_units(file),
    )


def _check_number(path: Path, name: str) -> None:
    """Refuses too many entries before polib makes them all."""
    with path.open("rb") as lines:
        if sum(1 for line in lines if _ENTRY.match(line)) > MOST_UNITS:
            raise too_many(name)


def _units(file: polib.POFile) -> Iterator[ReceivedUnit]:
    for entry in file:
        if entry.obsolete or entry.msgid_plural:
            continue
        key, _separator, place = (entry.msgctxt or "").partition(":")
        too_long = len(entry.msgstr) > LARGEST_TEXT
        yield ReceivedUnit(
            line=entry.linenum or 0,
            key=as_key(key),
            path=place,
            source=entry.msgid,
            target="" if too_long else entry.msgstr,
            state=_state(entry),
            problem=_("It is longer than %(limit)d characters.") % {"limit": LARGEST_TEXT}
            if too_long
            else "",
        )


def _state(entry: polib.POEntry) -> State:
    if not entry.msgstr:
        return "needs-translation"
    if _FUZZY in entry.flags:
        return "needs-review"
    return "final" if _FINAL in entry.flags else "translated"
