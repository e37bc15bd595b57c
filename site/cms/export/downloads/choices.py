"""Choices of somebody who wants a file."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cms.languages.registry import SOURCE_LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Choice:
    """The choices of a request. One that the kind of file does not ask is as it stands here.

    Attributes:
        languages: codes; empty for all.
        language: code of the language of a file that has one.
        types: labels of types of pages and snippets; empty for all.
        with_media: whether images and files are wanted too.
        open_languages: languages of which whoever asks may see what is not published; empty where
            only what readers see is wanted.
        unreadable: keys of what is closed to whoever asks.
    """

    languages: tuple[str, ...] = ()
    language: str = SOURCE_LANGUAGE_CODE
    types: tuple[str, ...] = ()
    with_media: bool = False
    open_languages: frozenset[str] = frozenset()
    unreadable: Collection[UUID] = ()


def choice_of(options: dict[str, Any], open_languages: frozenset[str]) -> Choice:
    """Reads choices from JSON, as far as whoever asks may see what they choose.

    Args:
        options: some of ``languages``, ``language``, ``types``, ``with_media`` and ``published``:
            whether only what readers see is wanted.
    """
    return Choice(
        languages=tuple(options.get("languages", ())),
        language=options.get("language", SOURCE_LANGUAGE_CODE),
        types=tuple(options.get("types", ())),
        with_media=options.get("with_media", False),
        open_languages=frozenset() if options.get("published") else open_languages,
    )
