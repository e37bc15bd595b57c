"""The types of queries and answers, for the description of the API."""

import re
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, Field

from cms.content.api.delivered_types import delivered_models
from cms.content.api.documents import document_schema
from cms.content.api.shapes import KEY_EXAMPLE, Key, Locale, named_type
from cms.content.redirect_documents import REDIRECT_TYPE, RedirectDocument
from cms.delivery.caching.tags import ALL
from cms.languages.registry import LANGUAGES, TextDirection

_MODELS = delivered_models()
_KEY: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)

TYPES: tuple[str, ...] = tuple(model._meta.label for model in _MODELS)
"""Labels of every type of page and snippet that has documents."""

ALL_TYPES: tuple[str, ...] = (*TYPES, REDIRECT_TYPE)
"""The same, and redirects, which are in no list of entries."""

TypeLabel: Any = Literal[TYPES]
AnyTypeLabel: Any = Literal[ALL_TYPES]
LANGUAGES_OF_EXPORT: tuple[str, ...] = (*LANGUAGES, ALL)
LanguageCode: Any = Literal[tuple(LANGUAGES)]


def _written_out(key: object) -> object:
    """A key as addresses have it, in letters of either size; other ways to write it are none."""
    if isinstance(key, str) and not _KEY.match(key):
        raise ValueError("A key is written like 59fb1d58-0d4c-4a0e-8f5f-6a1c2b3d4e5f.")
    return key


DocumentKey = Annotated[UUID, BeforeValidator(_written_out)]
Document: Any = named_type(
    "Document",
    Annotated[reduce(or_, map(document_schema, _MODELS)), Field(discriminator="type")],
)
"""The document of any type of page or snippet, told apart by ``type``."""

AnyDocument: Any = named_type(
    "AnyDocument",
    Annotated[
        reduce(or_, [*map(document_schema, _MODELS), RedirectDocument]),
        Field(discriminator="type"),
    ],
)
"""The same, or a redirect."""

MEMBERS: tuple[str, ...] = tuple(
    dict.fromkeys(
        field.alias or name
        for schema in map(document_schema, _MODELS)
        for name, field in schema.model_fields.items()
    )
)
"""Names of the members at the top of documents, those that any type has."""


def document_type(label: str) -> Any:
    """The type of the documents of one type of page or snippet, by its label."""
    return document_schema(_MODELS[TYPES.index(label)])


CHANGE_CURSOR = "WyJjIiwiMGY0ZTZhMWM4YjdkNGYwZSIsMTA0Ml0"
LIST_CURSOR = "WyJlIiwiM2E1ZiIsIjU5ZmIxZDU4MGQ0YzRhMGU4ZjVmNmExYzJiM2Q0ZTVmIl0"
"""What cursors look like; nobody but the site reads what is in them."""


class EntryList(Schema):
    """Whole documents, one for each key, by title as the language sorts.

    A search gives them by how well they match instead.
    """

    items: list[Document] = Field(description="Documents of pages and snippets.")
    next: str | None = Field(
        description="Cursor of what follows; null at the end.",
        examples=[LIST_CURSOR],
    )


class FoundEntries(EntryList):
    """What a search found."""

    excerpts: dict[str, str] | None = Field(
        default=None,
        exclude_if=lambda excerpts: excerpts is None,
        description="With a search: by key, where it was found, as HTML with `<mark>`.",
        examples=[{KEY_EXAMPLE: "… by the <mark>river</mark> …"}],
    )


class ChangedDocument(Schema):
    """The part of an item of the change feed that stands there whatever happened."""

    key: Key
    locale: Locale | None = Field(
        description="BCP 47 code; null for a redirect, which has no language.", examples=["en"]
    )
    id: int = Field(
        description="Wagtail's id of the page or snippet in this one language, or of the redirect.",
        examples=[87],
    )
    type: AnyTypeLabel = Field(description="Label of the type.", examples=[TYPES[0]])
    path: str | None = Field(
        description="Path on a site, with its language; null for a snippet.", examples=["/en/"]
    )


class PublishItem(ChangedDocument):
    """A document that came or changed: keep it under its key and locale, in place of any other."""

    op: Literal["publish"] = Field(
        description="`publish`: the document came or changed.", examples=["publish"]
    )
    digest: str = Field(
        description="SHA-256 of the document, in hexadecimal.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    modified_at: datetime = Field(
        description="The document's `modified_at`.", examples=["2027-02-03T10:15:00Z"]
    )
    document: AnyDocument = Field(description="The whole document.")


class RemoveItem(ChangedDocument):
    """A document that went: forget what is under its key and locale."""

    op: Literal["remove"] = Field(description="`remove`: the document went.", examples=["remove"])
    # Not of the type null alone, of which several generators make nothing.
    digest: str | None = Field(description="Null: there is none any more.", examples=[None])
    modified_at: datetime | None = Field(
        description="Null: there is none any more.", examples=[None]
    )
    document: AnyDocument | None = Field(
        description="Null: there is none any more.", examples=[None]
    )


ChangeItem: Any = named_type(
    "ChangeItem", Annotated[PublishItem | RemoveItem, Field(discriminator="op")]
)
"""A document that came, changed or went, told apart by ``op``."""


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
    without_language: int = Field(
        description="Number of lines that have no language: redirects.", examples=[3]
    )
    schema_: str = Field(
        alias="schema",
        description="Address of the description of the types.",
        examples=["https://cms.example.org/api/v3/openapi.json"],
    )
