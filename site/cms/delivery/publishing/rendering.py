"""Documents as they would be published now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.content.api.documents import render_document
from cms.content.api.json_text import as_json
from cms.content.api.plain_words import OtherLanguages, title_of, words_of
from cms.content.api.references.dependencies import tokens_of
from cms.content.api.references.preparation import prepare, resolver_of
from cms.delivery.publishing.site_roots import site_roots


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document that is not stored yet; what the members are, ``PublishedDocument`` says.

    Attributes:
        tokens: what it depends on.
        text: all that it says in words but its title, for searching.
        other_languages: the parts of ``text`` that are in another language than ``language``.
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
    face: str
    body: bytes
    tokens: frozenset[str]
    text: str
    other_languages: OtherLanguages


def render(owners: Sequence[Any]) -> list[Rendered]:
    """The documents of public pages, as their own type, and of published snippets.

    What they refer to is fetched for all of them together; the caller keeps the batch small
    enough for memory.
    """
    prepare(owners, None)
    if any(isinstance(owner, Page) for owner in owners):
        _give_root_paths(owners)
    return [_rendered(owner) for owner in owners]


def _give_root_paths(owners: Sequence[Any]) -> None:
    """Spares every page that is shown Wagtail's cache of where sites begin; see ``roots.py``."""
    paths = [root.address for root in site_roots()]
    pages = [owner for owner in owners if isinstance(owner, Page)]
    # One for the whole batch.
    references = resolver_of(owners[0]).references
    for page in (*pages, *references.every_page.values()):
        # Where Wagtail keeps them for as long as it has the page in hand.
        page._wagtail_cached_site_root_paths = paths  # noqa: SLF001


def _rendered(owner: Any) -> Rendered:
    document = render_document(owner)
    body = as_json(document)
    text, other_languages = words_of(owner)
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
        face=hashlib.sha256(as_json(_face(document))).hexdigest(),
        body=body,
        tokens=frozenset(tokens_of(owner)),
        text=text,
        other_languages=other_languages,
    )


def _face(document: dict[str, Any]) -> Any:
    """What others show of a page, or of a snippet all that it says of itself.

    ``translations`` stands in the documents of the same key alone, which are rendered together.
    """
    if document["path"] is None:
        return {name: value for name, value in document.items() if name != "translations"}
    language = document["language"]
    title_language = document["languages"].get("/title", language)
    return [document["id"], document["title"], title_language, document["path"], language]
