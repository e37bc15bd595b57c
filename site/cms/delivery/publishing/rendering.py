"""Renders documents as they would be published now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.common.site_address import one_site_address
from cms.content.api.documents import render_document
from cms.content.api.json_text import as_json
from cms.content.api.plain_words import OtherLanguages, title_of, words_of
from cms.content.api.references.dependencies import tokens_of
from cms.content.api.references.preparation import prepare, resolver_of


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered document that is not stored yet; its members are those of ``PublishedDocument``.

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
    summary_digest: str
    body: bytes
    tokens: frozenset[str]
    text: str
    other_languages: OtherLanguages


def render(instances: Sequence[Any]) -> list[Rendered]:
    """The documents of public pages, as their own type, and of published snippets.

    What they refer to is fetched for all of them together; the caller keeps the batch small
    enough for memory.
    """
    with one_site_address():
        prepare(instances, None)
        if any(isinstance(instance, Page) for instance in instances):
            _give_root_paths(instances)
        return [_rendered(instance) for instance in instances]


def _give_root_paths(instances: Sequence[Any]) -> None:
    """Gives every page that is shown the paths of the site roots; see ``content/site_roots.py``."""
    pages = [instance for instance in instances if isinstance(instance, Page)]
    # One for the whole batch.
    references = resolver_of(instances[0]).references
    paths = [root.address for root in references.roots]
    for page in (*pages, *references.every_page.values()):
        # Where Wagtail keeps them for as long as it has the page in hand.
        page._wagtail_cached_site_root_paths = paths  # noqa: SLF001


def _rendered(instance: Any) -> Rendered:
    document = render_document(instance)
    body = as_json(document)
    text, other_languages = words_of(instance)
    locale: str = instance.locale.language_code
    return Rendered(
        key=instance.translation_key,
        locale=locale,
        language=document["language"],
        page_id=instance.pk if isinstance(instance, Page) else None,
        object_id=instance.pk,
        type=type(instance)._meta.label,
        path=document["path"],
        title=title_of(instance),
        listed=document["language"] == locale and resolver_of(instance).is_translation,
        digest=hashlib.sha256(body).hexdigest(),
        summary_digest=hashlib.sha256(as_json(_summary(document))).hexdigest(),
        body=body,
        tokens=frozenset(tokens_of(instance)),
        text=text,
        other_languages=other_languages,
    )


def _summary(document: dict[str, Any]) -> Any:
    """The part of a page that others show; of a snippet, all that it says of itself.

    ``translations`` stands in the documents of the same key alone, which are rendered together.
    """
    if document["path"] is None:
        return {name: value for name, value in document.items() if name != "translations"}
    language = document["language"]
    title_language = document["languages"].get("/title", language)
    return [document["id"], document["title"], title_language, document["path"], language]
