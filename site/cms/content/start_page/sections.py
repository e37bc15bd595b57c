"""Further lists of the panel *To look at*, from rooms above this one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list.

    Attributes:
        address: of the screen that it leads to; empty where it leads nowhere.
        note: what stands below it, smaller.
    """

    text: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A list, cut short.

    Attributes:
        count: how many lines there are in all.
        all_address: of the screen with all of them.
        if_empty: what will stand there, where nothing does.
    """

    title: str
    count: int
    lines: Sequence[Line]
    all_address: str
    if_empty: str


MakeSection = Callable[[Any, int], Section]
"""Makes a list for a user, of so many lines at most."""

_MAKERS: Final[list[MakeSection]] = []


def register_section(make: MakeSection) -> None:
    """Adds a list behind those that there are. Called by the ``ready()`` of an application."""
    _MAKERS.append(make)


def sections_for(user: Any, most: int) -> Iterator[Section]:
    """The further lists for an editor."""
    return (make(user, most) for make in _MAKERS)
