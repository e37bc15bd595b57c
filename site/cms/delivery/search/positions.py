"""Positions at which a list of hits goes on."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_FORM: Final = re.compile(r"([1-4])-([0-9]{1,9})-([0-9a-f]{32})", re.ASCII)


class InvalidPosition(ValueError):
    """Not a position that a search has given out. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Position:
    """The place of one hit in the order of all.

    It is made of what the hit's document and the query say and of nothing else. So a list goes on
    where it stopped, whatever was published meanwhile, that very document's removal included.
    """

    score: int
    length: int
    key: UUID

    def __str__(self) -> str:
        return f"{self.score}-{self.length}-{self.key.hex}"


def parse_position(text: str) -> Position:
    """Return the position that ``str()`` has made ``text`` of.

    Raises:
        InvalidPosition: the text is nothing of the kind.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise InvalidPosition(
            f"{text[:80]!r} is no cursor of this search. Take one from next, or leave it out."
        )
    return Position(int(match[1]), int(match[2]), UUID(hex=match[3]))
