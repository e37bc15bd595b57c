"""Documents as they would be published now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from norrbotten.content.api.dependencies import tokens_of
from norrbotten.content.api.documents import render_document
from norrbotten.content.api.preparation import prepare
from norrbotten.content.api.words import title_of, words_of
from norrbotten.content.api.writing import as_json


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document that is not stored yet; what the members are, ``PublishedDocument`` says.

    Attributes:
        tokens: what it depends on.
        text: all that it says in words but its title, for searching.
    """

    key: UUID
    locale: str
    language: str
    page_id: int | None
    object_id: int
    type: str
    path: str | None
    title: str
    listed: bool
    digest: str
    body: bytes
    tokens: frozenset[str]
    text: str


def render(owners: Sequence[Any]) -> list[Rendered]:
    """The documents of public pages, as their own type, and of published snippets.

    What they refer to is fetched for all of them together; the caller keeps the batch small
    enough for memory.
    """
    prepare(owners, None)
    return [_rendered(owner) for owner in owners]


def _rendered(owner: Any) -> Rendered:
    document = render_document(owner)
    body = as_json(document)
    locale: str = owner.locale.language_code
    return Rendered(
        key=owner.translation_key,
        locale=locale,
        language=document["language"],
        page_id=owner.pk if isinstance(owner, Page) else None,
        object_id=owner.pk,
        type=type(owner)._meta.label,
        path=document["path"],
        title=title_of(owner),
        listed=document["language"] == locale,
        digest=hashlib.sha256(body).hexdigest(),
        body=body,
        tokens=frozenset(tokens_of(owner)),
        text=words_of(owner),
    )
