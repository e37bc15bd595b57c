"""The interface of every file format."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from cms.exchange.units import Header, ReceivedFile, UnitGroup
from cms.translation.strings import State
from cms.translation.texts.digests import digest_of_text

PRODUCT = "strategy-cms"
"""What our files name as the program that wrote them."""
MARKS = (PRODUCT, "X-Exported-At: ", '"exported-at"')
"""By which a file of ours is known: one of these stands at its beginning."""

STATES: tuple[State, ...] = ("needs-translation", "needs-review", "translated", "final")


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Attributes:
        name: as commands and forms name it.
        label: for a person.
        extension: of a file's name, with its dot.
        write: writes everything, in memory that does not grow with it.
        read: reads a file that is of this format. Raises ``UnreadableFile``.
    """

    name: str
    label: str
    extension: str
    content_type: str
    write: Callable[[Header, Iterable[UnitGroup], IO[bytes]], None]
    read: Callable[[Path, str], ReceivedFile]


def as_key(text: str | None) -> UUID | None:
    """A translation key as files write it; ``None`` for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def as_moment(text: str | None) -> datetime | None:
    """A moment in ISO 8601; one without a zone is taken as UTC; ``None`` for what is none."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def as_state(text: str | None) -> State | None:
    """One of our states by its own name."""
    return next((state for state in STATES if state == (text or "").strip()), None)


def written_state(state: State | None, source: str, target: str) -> State | None:
    """The state of a text in a file that many programs fill in without a word on its state.

    ``needs-translation`` was there before: it says something of the source's text alone.
    """
    if state != "needs-translation" or not target.strip():
        return state
    return state if digest_of_text(source) == digest_of_text(target) else None


def about(group: UnitGroup) -> str:
    """A description of a page, in one line for a person."""
    return " · ".join(part for part in (group.title, group.path, group.type) if part)
