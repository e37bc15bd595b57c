"""Renders documents as they would be published now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.common.site_address import one_site_address
from cms.content.api.collections import facets_of
from cms.content.api.documents import render_document
from cms.content.api.json_text import as_json
from cms.content.api.plain_words import OtherLanguages, title_of, words_of
from cms.content.api.references.dependencies import page_token, tokens_of
from cms.content.api.references.preparation import prepare, resolver_of
from cms.content.redirect_documents import (
    REDIRECT_TYPE,
    redirect_documents,
    redirect_key,
)
from cms.languages.registry import NO_LANGUAGE


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered document that is not stored yet; its members are those of ``PublishedDocument``.

    Its text lacks ``modified_at``, which :meth:`at` adds: only who knows what is stored can say
    whether anything is different.

    Attributes:
        head: the JSON up to ``modified_at``, its last member.
        last_published_at: of the page or snippet; ``None`` where nothing says.
        tokens: what it depends on.
        facets: names and values by which lists find it.
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
    parent_key: UUID | None
    position: int | None
    in_menu: bool
    title_language: str
    summary_digest: str
    head: bytes
    last_published_at: datetime | None
    tokens: frozenset[str]
    facets: frozenset[tuple[str, str]]
    text: str
    other_languages: OtherLanguages

    def at(self, modified_at: datetime) -> "Body":
        """The text with the moment at which anything of it changed last."""
        text = self.head + b',"modified_at":' + as_json(modified_at) + b"}"
        return Body(text, hashlib.sha256(text).hexdigest())


class Body(NamedTuple):
    """The text of a document, with its digest."""

    text: bytes
    digest: str


def render(instances: Sequence[Any]) -> list[Rendered]:
    """The documents of public pages, as their own type, of published snippets, and of redirects.

    What they refer to is fetched for all of them together; the caller keeps the batch small
    enough for memory.
    """
    redirects = [instance for instance in instances if isinstance(instance, Redirect)]
    others = [instance for instance in instances if not isinstance(instance, Redirect)]
    with one_site_address():
        rendered = _rendered_redirects(redirects) if redirects else []
        if others:
            prepare(others, None)
            _spare_moments(others)
        if any(isinstance(instance, Page) for instance in others):
            _give_root_paths(others)
        return [*map(_rendered, others), *rendered]


def _spare_moments(instances: Sequence[Any]) -> None:
    """Has nobody asked when documents changed: that is found out by comparing them."""
    for instance in instances[:1]:
        resolver_of(instance).references.modified = {}


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
    del document["modified_at"]
    parent = document.get("parent")
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
        parent_key=UUID(parent["key"]) if parent else None,
        position=document.get("position"),
        in_menu=document["meta"].get("show_in_menus", False),
        title_language=_title_language(document),
        summary_digest=hashlib.sha256(as_json(_summary(document))).hexdigest(),
        head=as_json(document)[:-1],
        last_published_at=instance.last_published_at,
        tokens=frozenset(tokens_of(instance)),
        facets=facets_of(type(instance)._meta.label, document),
        text=text,
        other_languages=other_languages,
    )


def _rendered_redirects(redirects: Sequence[Redirect]) -> list[Rendered]:
    rendered = []
    for redirect, document in zip(redirects, redirect_documents(redirects), strict=True):
        del document["modified_at"]
        head = as_json(document)
        page = redirect.redirect_page
        tokens = () if page is None else (page_token(page.translation_key),)
        rendered.append(
            Rendered(
                key=redirect_key(redirect),
                locale=NO_LANGUAGE,
                language=NO_LANGUAGE,
                page_id=None,
                object_id=redirect.pk,
                type=REDIRECT_TYPE,
                path=document["path"],
                title=document["path"],
                listed=True,
                parent_key=None,
                position=None,
                in_menu=False,
                title_language=NO_LANGUAGE,
                summary_digest=hashlib.sha256(head).hexdigest(),
                head=head[:-1],
                last_published_at=redirect.created_at,
                tokens=frozenset(tokens),
                facets=frozenset(),
                text="",
                other_languages=[],
            )
        )
    return rendered


def _summary(document: dict[str, Any]) -> Any:
    """The part of a page that others show; of a snippet, all that it says of itself.

    ``translations`` stands in the documents of the same key alone, which are rendered together.
    """
    if document["path"] is None:
        return {
            name: value
            for name, value in document.items()
            if name not in ("translations", "published_at")
        }
    return [
        document["id"],
        document["title"],
        _title_language(document),
        document["path"],
        document["language"],
    ]


def _title_language(document: dict[str, Any]) -> str:
    language: str = document["language"]
    title_language: str = document["languages"].get("/title", language)
    return title_language
