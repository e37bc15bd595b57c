"""The parallel table: one row a string, one column a language, and how far each text is."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cms.exchange.parallel_texts.strings import ParallelQuery, ParallelString, TextStatus
from cms.languages.registry import SOURCE_LANGUAGE_CODE, get_language
from cms.translation.fragments import plain_text

_WIDE: Final = 48
_NARROW: Final = 14


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        name: for a program; never changes and is never translated.
        label: for a person.
        width: in characters.
        language: code of the language of its texts; empty for what is of none.
        is_status: whether it says how far the text before it is.
        is_identity: whether it is for programs alone, and hidden from people.
    """

    name: str
    label: Any
    width: int
    language: str = ""
    is_status: bool = False
    is_identity: bool = False

    def text_of(self, string: ParallelString) -> str:
        """The text of the column for a string, as a person reads it."""
        if self.is_status:
            return self.status_of(string).value
        if self.language == SOURCE_LANGUAGE_CODE:
            return plain_text(string.source)
        if self.language:
            return plain_text(string.texts[self.language].text)
        return str(getattr(string, _ATTRIBUTES[self.name]))

    def status_of(self, string: ParallelString) -> TextStatus:
        """The status of the text; that of the source is published."""
        if not self.language or self.language == SOURCE_LANGUAGE_CODE:
            return TextStatus.PUBLISHED
        return string.texts[self.language].status


_ATTRIBUTES: Final = {
    "page": "title",
    "path": "path",
    "type": "type",
    "field": "label",
    "key": "key",
    "place": "place",
}


def table_columns(query: ParallelQuery) -> list[Column]:
    """The columns for the languages of a query, the source first."""
    columns = [
        Column("page", _("Page"), 28),
        Column("path", _("Path"), 28),
        Column("type", _("Type"), 22),
        Column("field", _("Field"), 26),
        Column(SOURCE_LANGUAGE_CODE, heading(SOURCE_LANGUAGE_CODE), _WIDE, SOURCE_LANGUAGE_CODE),
    ]
    for code in query.languages:
        columns.append(Column(code, heading(code), _WIDE, code))
        columns.append(Column(f"{code}_status", _("State"), _NARROW, language=code, is_status=True))
    return [
        *columns,
        Column("key", _("Key"), 38, is_identity=True),
        Column("place", _("Place"), 38, is_identity=True),
    ]


def heading(code: str) -> str:
    """A language by its code and its own name, ``smj · julevsámegiella``."""
    return f"{code} · {get_language(code).name}"
