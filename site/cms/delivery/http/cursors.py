"""Cursors: a reader's position in the order of changes, or in a list.

Opaque to others, and hostile until proven otherwise: whatever is not exactly what was given out is
refused by name.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from cms.delivery.models import Feed
from cms.delivery.publishing.sequence import current_sequence

_LONGEST: Final = 2_000
_LARGEST_NUMBER: Final = 2**63 - 1

BY_TITLE: Final = "title"
"""The order of a list in which it is not asked for otherwise."""


class InvalidCursor(ValueError):
    """Not a cursor that this site has given out. The message says what to do."""


class ExpiredCursor(ValueError):
    """A cursor that can no longer be continued. The message says to start again."""


@dataclass(frozen=True, slots=True)
class ChangeCursor:
    """A place in the order of changes.

    Attributes:
        sequence: number of the last change that the reader has.
        since: when everything live is being read for the first time, the number at which that
            began: what was removed before is nothing the reader could have.
    """

    sequence: int
    since: int = 0


@dataclass(frozen=True, slots=True)
class ListCursor:
    """A place in a list of entries.

    Attributes:
        sort_key: of the last entry that the reader has, in the order that was asked for.
        order: that order.
    """

    sort_key: bytes
    key: UUID
    order: str = BY_TITLE


def change_cursor(sequence: int, since: int = 0, *, feed: Feed | None = None) -> str:
    """The cursor with which ``changes/?since=`` goes on after a change.

    Args:
        feed: the feed, where it is at hand; it is asked for otherwise.
    """
    identity = (feed or current_sequence()).identity.hex
    return _written(["c", identity, sequence, since] if since else ["c", identity, sequence])


def read_change_cursor(text: str) -> ChangeCursor:
    """Reads a cursor of the change feed.

    Raises:
        InvalidCursor: it is none.
        ExpiredCursor: it is of another database, or too old.
    """
    _kind, identity, *numbers = _read(text, "c", (3, 4))
    if not isinstance(identity, str) or not all(
        isinstance(number, int) and 0 <= number <= _LARGEST_NUMBER for number in numbers
    ):
        raise InvalidCursor(_NOT_OURS.format(text=text[:80]))
    cursor = ChangeCursor(*numbers)
    feed = current_sequence()
    known_since = max(cursor.sequence, cursor.since)
    if (
        identity != feed.identity.hex
        or known_since < feed.forgotten_sequence
        or known_since > feed.last_sequence
    ):
        raise ExpiredCursor(
            "This cursor can no longer be continued: removals that came after it are not "
            "remembered. Start again without since."
        )
    return cursor


def list_cursor(place: ListCursor) -> str:
    """The cursor with which a list goes on after an entry."""
    parts = ["e", place.sort_key.hex(), place.key.hex]
    return _written(parts if place.order == BY_TITLE else [*parts, place.order])


def read_list_cursor(text: str, order: str = BY_TITLE) -> ListCursor:
    """Reads a cursor of a list.

    Raises:
        InvalidCursor: it is none of a list in this order.
    """
    _kind, sort_key, key, *others = _read(text, "e", (3, 4))
    if others != ([] if order == BY_TITLE else [order]):
        raise InvalidCursor(_NOT_OURS.format(text=text[:80]))
    try:
        return ListCursor(bytes.fromhex(sort_key), UUID(hex=key), order)
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidCursor(_NOT_OURS.format(text=text[:80])) from error


_NOT_OURS: Final = "{text!r} is no cursor of this address. Take one from next, or leave it out."


def _written(parts: list[Any]) -> str:
    text = json.dumps(parts, separators=(",", ":")).encode()
    return urlsafe_b64encode(text).decode().rstrip("=")


def _read(text: str, kind: str, lengths: tuple[int, ...]) -> list[Any]:
    refusal = InvalidCursor(_NOT_OURS.format(text=text[:80]))
    if len(text) > _LONGEST:
        raise refusal
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        parts = json.loads(urlsafe_b64decode(padded))
    except (binascii.Error, UnicodeError, ValueError, RecursionError) as error:
        raise refusal from error
    if not isinstance(parts, list) or len(parts) not in lengths or parts[0] != kind:
        raise refusal
    return parts
