"""Everything that people have written into a site, by which a screen's own texts are told apart.

Content is what the database holds where people write, and names that are the same in every
language: those of languages, of file formats and of what Wagtail is called.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Final
from zoneinfo import available_timezones

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, FileField, JSONField, Model, TextField
from lxml import html
from wagtail import __version__
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.exchange.formats import FORMATS
from cms.export.downloads.models import Kind
from cms.languages.registry import LANGUAGES

_OF_CODE: Final = (ContentType, Permission, ModelLogEntry, PageLogEntry)
"""Types of what is named by code."""

_SPACES: Final = re.compile(r"\s+")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_WORDS: Final = re.compile(r"\w+")
_CUT: Final = "…"
_ADDRESS: Final = re.compile(r"https?://\S*")


def content_of_site() -> set[str]:
    """Every text of the database, and of its rich texts and blocks, with its parts."""
    found = set(_names())
    for value in _values():
        found.update(_pieces(value))
    return {text for text in found if _LETTERS.search(text)}


class Content:
    """Tells what people have written from what a program says."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._whole = set(texts)
        longest = sorted(self._whole, key=len, reverse=True)
        alternatives = "|".join(map(re.escape, longest))
        self._within = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")

    def without(self, text: str) -> str:
        """The rest of a text when what people have written is taken away."""
        text = plain(_ADDRESS.sub(" ", text))
        if text in self._whole:
            return ""
        left = self._within.sub(" ", self._without_beginning(text))
        return text if _LETTERS.search(left) else ""

    def _without_beginning(self, text: str) -> str:
        """The text without an end that is the beginning of something, and was cut there."""
        if not text.endswith(_CUT):
            return text
        text = text.removesuffix(_CUT)
        for word in _WORDS.finditer(text):
            end = text[word.start() :]
            if any(whole.startswith(end) for whole in self._whole):
                return text[: word.start()]
        return text


def plain(text: str) -> str:
    """The text with single spaces."""
    return _SPACES.sub(" ", text).strip()


def _names() -> Iterator[str]:
    yield f"Wagtail v{__version__}"
    for code, language in LANGUAGES.items():
        yield from (code, language.name)
    for file_format in FORMATS.values():
        yield from (file_format.name, str(file_format.label))
    for kind in Kind:
        yield kind.value.upper()
    # Of the machine.
    yield from available_timezones()
    for of_model in ContentType.objects.all():
        yield f"{of_model.app_label}.{of_model.model}"


def _values() -> Iterator[Any]:
    for model in apps.get_models():
        if issubclass(model, _OF_CODE) or not model._meta.managed:
            continue
        names = [field.attname for field in _written_fields(model)]
        if names:
            for row in model._default_manager.values_list(*names):
                yield from row


def _written_fields(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, CharField | TextField | FileField | JSONField) and not field.choices:
            yield field


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield plain(value)
        if value.startswith(("{", "[")):
            with suppress(ValueError):
                yield from _pieces(json.loads(value))
        elif "<" in value:
            for text in html.fragment_fromstring(value, create_parent=True).itertext():
                yield plain(text)
        elif "/" in value:
            yield value.rpartition("/")[2]
    elif isinstance(value, dict):
        for each in value.values():
            yield from _pieces(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _pieces(each)
    elif value is not None and not isinstance(value, date | int | float | bool):
        # A stream or a file: as it is stored.
        yield from _pieces(
            (getattr(value, "raw_data", None) and list(value.raw_data)) or str(value)
        )
