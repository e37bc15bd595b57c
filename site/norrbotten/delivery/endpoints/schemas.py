"""The types of what the addresses take and answer, for the description of the API."""

from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field
from wagtail.api.v3.schemas.base import build_discriminated_union

from norrbotten.content.api.documents import delivered_models, document_schema
from norrbotten.delivery.caching.tags import ALL
from norrbotten.delivery.changes import Operation
from norrbotten.languages.registry import LANGUAGES, TextDirection

_MODELS = delivered_models()

TYPES: tuple[str, ...] = tuple(model._meta.label for model in _MODELS)
"""Labels of every type of page and snippet that has documents."""

TypeLabel: Any = Literal[TYPES]
LANGUAGES_OF_EXPORT: tuple[str, ...] = (*LANGUAGES, ALL)
LanguageCode: Any = Literal[tuple(LANGUAGES)]
Document: Any = build_discriminated_union(_MODELS, document_schema)


class EntryList(Schema):
    """Whole documents, one for each key, by title as the language sorts.

    A search gives them by how well they match instead.
    """

    items: list[Document]
    next: str | None = Field(description="Cursor of what follows; null at the end.")


class FoundEntries(EntryList):
    """What a search found."""

    excerpts: dict[str, str] | None = Field(
        default=None,
        description="With a search: by key, where it was found, as HTML with `<mark>`.",
        examples=[{"0e3c…": "… by the <mark>river</mark> …"}],
    )


class ChangeItem(Schema):
    """A document that came, changed or went."""

    op: Operation = Field(
        description="`publish`: keep this document under its key and locale, whether or not there "
        "was one. `remove`: forget it."
    )
    key: UUID
    locale: str = Field(description="BCP 47 code.", examples=["smj"])
    id: int
    type: str = Field(description="Label of the type.", examples=[TYPES[0]])
    path: str | None = Field(description="Null for a snippet.")
    digest: str | None = Field(description="SHA-256 of the document; null for a removal.")
    document: Document | None = Field(description="The whole document; null for a removal.")


class ChangeList(Schema):
    """Changes in their order."""

    items: list[ChangeItem]
    next: str = Field(description="Cursor to ask with the next time, now or tomorrow.")
    more: bool = Field(description="Whether there is more already; then ask again at once.")


class ExportLanguage(Schema):
    """A language of an export."""

    code: str
    name: str
    direction: TextDirection
    fallbacks: list[str]
    documents: int = Field(description="How many lines are in this language.")


class ExportHeader(Schema):
    """The first line of an export."""

    cursor: str = Field(description="`changes/?since=` goes on from here.")
    generated: str = Field(description="When, ISO 8601.")
    languages: list[ExportLanguage]
    schema_: str = Field(alias="schema", description="Address of the description of the types.")
