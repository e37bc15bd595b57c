"""Units that travel between the CMS and a translator's tool, whatever the format of the file.

A *unit* is one string as wagtail-localize keeps it: an HTML fragment in which text is escaped and
of which only the inline tags ``a abbr acronym b br code em i strong sub sup`` are allowed, without
attributes but ``id`` on ``a``. A format writes that fragment in its own inline codes and gives the
very same fragment back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cms.translation.strings import State

__all__ = ["Header", "ReceivedFile", "ReceivedUnit", "State", "Unit", "UnitGroup", "UnreadableFile"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One string of a page or snippet, as it leaves.

    Attributes:
        path: content path as wagtail-localize writes it (``title``, ``body.<block id>.text``).
            Several units of a group may have one path: the sentences of one rich text.
        source: the source's fragment.
        target: the translation's fragment; empty when there is none.
        state: what is to be done with it.
        label: where the text stands, for a person, in the source language: ``Brödtext › Stycke``.
        note: what a translator should know; may be empty.
        previous_source: the source that the last translation was made of, when the source has
            changed since; empty otherwise.
        previous_target: that last translation; empty otherwise.
        max_length: how many characters the field holds, ``None`` for any number.
        is_plain: whether the field holds text alone: no inline tag but ``br`` is allowed.
        is_prefilled: whether ``target`` is the source, for a program that translates in place.
    """

    path: str
    source: str
    target: str
    state: State
    label: str = ""
    note: str = ""
    previous_source: str = ""
    previous_target: str = ""
    max_length: int | None = None
    is_plain: bool = False
    is_prefilled: bool = False


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """A page or snippet with the strings that are asked for, in their order.

    Attributes:
        key: Wagtail's translation key, the same in all languages.
        type: ``strategy.GoalPage``.
        title: what it is called in the source language.
        path: path on a site with its language, ``/sv/…/``; empty for a snippet.
        preview_url: where a person sees it; empty for what has no address.
    """

    key: UUID
    type: str
    title: str
    path: str
    preview_url: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a whole file.

    Attributes:
        exported_at: aware; an import leaves alone what was changed here after that moment.
        site: address of the CMS that wrote it.
    """

    source_language: str
    target_language: str
    exported_at: datetime
    site: str


@dataclass(frozen=True, slots=True)
class ReceivedUnit:
    """One string as it comes back.

    Attributes:
        line: line in the file, row in a sheet; 0 where the format does not tell.
        key: ``None`` where the file names none or something that is no key.
        state: ``None`` where the file does not say.
        is_locked: whether the file says that it is not to be translated.
        is_half_done: whether a part of it that a program cut off has no translation.
        problem: what is wrong with its inline codes, for the translator; empty when nothing is.
            ``target`` is then what could be read of it, as plain text.
    """

    line: int
    key: UUID | None
    path: str
    source: str
    target: str
    state: State | None = None
    problem: str = ""
    is_locked: bool = False
    is_half_done: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it comes back.

    Attributes:
        name: the file's name, for messages.
        source_language: ``""`` where it does not say.
        target_language: ``""`` where it does not say.
        exported_at: ``None`` where it does not say.
        units: read while they are iterated over, in the order of the file. May raise
            ``UnreadableFile`` where the damage is further down.
        units_in: those in the language of a code, instead; ``None`` for a file of one language.
    """

    name: str
    source_language: str
    target_language: str
    exported_at: datetime | None
    units: Iterator[ReceivedUnit]
    units_in: Callable[[str], Iterator[ReceivedUnit]] | None = None


class UnreadableFile(Exception):
    """The file cannot be read, or is not let in. The message names file, place and remedy."""
