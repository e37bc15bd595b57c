"""The types of queries and answers, for the description of the API."""

from typing import Any, Literal

from ninja import Schema
from pydantic import Field
from wagtail.api.v3.schemas.base import build_discriminated_union

from cms.content.api.delivered_types import delivered_models
from cms.content.api.documents import document_schema
from cms.content.api.shapes import KEY_EXAMPLE, Key, Locale
from cms.delivery.caching.tags import ALL
from cms.delivery.publishing.change import Operation
from cms.languages.registry import LANGUAGES, TextDirection

_MODELS = delivered_models()

TYPES: tuple[str, ...] = tuple(model._meta.label for model in _MODELS)
"""Labels of every type of page and snippet that has documents."""

TypeLabel: Any = Literal[TYPES]
LANGUAGES_OF_EXPORT: tuple[str, ...] = (*LANGUAGES, ALL)
LanguageCode: Any = Literal[tuple(LANGUAGES)]
DocumentSchema: Any = build_discriminated_union(_MODELS, document_schema)

CHANGE_CURSOR = "WyJjIiwiMGY0ZTZhMWM4YjdkNGYwZSIsMTA0Ml0"
LIST_CURSOR = "WyJlIiwiM2E1ZiIsIjU5ZmIxZDU4MGQ0YzRhMGU4ZjVmNmExYzJiM2Q0ZTVmIl0"
"""What cursors look like; nobody but the site reads what is in them."""


class EntryList(Schema):
    """Whole documents, one for each key, by title as the language sorts.

    A search gives them by how well they match instead.
    """

    items: list[DocumentSchema] = Field(description="Documents of pages and snippets.")
    next: str | None = Field(
        description="Cursor of what follows; null at the end.",
        examples=[LIST_CURSOR],
    )


class FoundEntries(EntryList):
    """What a search found."""

    excerpts: dict[str, str] | None = Field(
        default=None,
        description="With a search: by key, where it was found, as HTML with `<mark>`.",
        examples=[{KEY_EXAMPLE: "… by the <mark>river</mark> …"}],
    )


class ChangeItem(Schema):
    """A document that came, changed or went."""

    op: Operation = Field(
        description="`publish`: keep this document under its key and locale, whether or not there "
        "was one. `remove`: forget it.",
        examples=["publish"],
    )
    key: Key
    locale: Locale
    id: int = Field(
        description="Wagtail's id of the page or snippet in this one language.", examples=[87]
    )
    type: str = Field(description="Label of the type.", examples=[TYPES[0]])
    path: str | None = Field(
        description="Path on a site, with its language; null for a snippet.", examples=["/en/"]
    )
    digest: str | None = Field(
        description="SHA-256 of the document, in hexadecimal; null for a removal.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    document: DocumentSchema | None = Field(description="The whole document; null for a removal.")


class ChangeList(Schema):
    """Changes in their order."""

    items: list[ChangeItem] = Field(description="What came, changed or went; apply in order.")
    next: str = Field(
        description="Cursor to ask with the next time, now or tomorrow.",
        examples=[CHANGE_CURSOR],
    )
    more: bool = Field(
        description="Whether there is more already; then ask again at once.", examples=[False]
    )


class ExportLanguage(Schema):
    """A language of an export."""

    code: Locale
    name: str = Field(description="Its name in itself.", examples=["julevsámegiella"])
    direction: TextDirection = Field(description="Direction of its script.", examples=["ltr"])
    fallbacks: list[str] = Field(
        description="Codes of the languages to offer instead, best first.", examples=[["sv"]]
    )
    documents: int = Field(description="Number of lines in this language.", examples=[62])


class ExportHeader(Schema):
    """The first line of an export."""

    cursor: str = Field(
        description="`changes/?since=` goes on from here.",
        examples=[CHANGE_CURSOR],
    )
    generated: str = Field(description="When, ISO 8601.", examples=["2027-01-15T08:30:00+00:00"])
    languages: list[ExportLanguage] = Field(description="The languages that are exported.")
    schema_: str = Field(
        alias="schema",
        description="Address of the description of the types.",
        examples=["https://cms.example.org/api/v3/openapi.json"],
    )
