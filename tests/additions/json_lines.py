"""A format: a line of JSON for the file, then one for each string."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from cms.exchange.formats.format import PRODUCT, as_key, as_moment, as_state
from cms.exchange.units import Header, ReceivedFile, ReceivedUnit, UnitGroup, UnreadableFile

BEGINNING: Final = b'{"strings": '


def write(header: Header, groups: Iterable[UnitGroup], file: IO[bytes]) -> None:
    """Writes the header, then every string with its translation and state."""
    file.write(
        _line(
            strings=[header.source_language, header.target_language],
            written_by=PRODUCT,
            exported_at=header.exported_at.isoformat(),
        )
    )
    for group in groups:
        for unit in group.units:
            file.write(
                _line(
                    key=str(group.key),
                    path=unit.path,
                    source=unit.source,
                    target=unit.target,
                    state=unit.state,
                )
            )


def _line(**members: Any) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode() + b"\n"


def read(path: Path, name: str) -> ReceivedFile:
    """Reads a file of this format.

    Raises:
        UnreadableFile: its first line is no header.
    """
    lines = path.read_bytes().splitlines()
    try:
        header = json.loads(lines[0])
        source_language, target_language = header["strings"]
    except (ValueError, KeyError, IndexError) as error:
        raise UnreadableFile(f"{name} has no header.") from error
    return ReceivedFile(
        name=name,
        source_language=source_language,
        target_language=target_language,
        exported_at=as_moment(header.get("exported_at")),
        units=_units(lines[1:]),
    )


def _units(lines: Iterable[bytes]) -> Iterator[ReceivedUnit]:
    for number, line in enumerate(lines, start=2):
        members = json.loads(line)
        target = members["target"]
        yield ReceivedUnit(
            line=number,
            key=as_key(members["key"]),
            path=members["path"],
            source=members["source"],
            target=target,
            state=as_state(members["state"]) if target else "needs-translation",
        )
