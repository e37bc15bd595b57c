"""Dependencies of a document beyond its own fields: when one changes, so may the document."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.content.api.references.preparation import resolver_of
from cms.content.api.references.relations import image_fields
from cms.content.api.references.resolver import Resolver


def page_token(key: UUID) -> str:
    """A page in all its languages, whoever shows its title or path."""
    return f"page:{key}"


def under_token(key: UUID) -> str:
    """A part of the tree: a page and all under it."""
    return f"under:{key}"


def snippet_token(key: UUID) -> str:
    """A snippet in all its languages."""
    return f"snippet:{key}"


def image_token(identity: int) -> str:
    """An image with its renditions."""
    return f"image:{identity}"


def file_token(identity: int) -> str:
    """A file to download."""
    return f"file:{identity}"


def tokens_of(owner: Any) -> set[str]:
    """Everything that the document of a page or snippet depends on.

    What is not shown today because it is a draft or closed is named too: the day that it is
    published, the document shows it. Nothing is fetched that rendering has not fetched already.
    """
    resolver = resolver_of(owner)
    if isinstance(owner, Page):
        tokens = {page_token(owner.translation_key), *_above(owner, resolver)}
    else:
        tokens = {snippet_token(owner.translation_key)}
    return tokens | set(_shown(resolver))


def _above(page: Page, resolver: Resolver) -> Iterator[str]:
    step = Page.steplen
    by_path = resolver.references.every_page_by_path
    yield under_token(page.translation_key)
    for end in range(2 * step, len(page.path), step):
        if (ancestor := by_path.get(page.path[:end])) is not None:
            yield page_token(ancestor.translation_key)
            yield under_token(ancestor.translation_key)
    if page.alias_of_id and (original := resolver.references.every_page.get(page.alias_of_id)):
        yield page_token(original.translation_key)


def _shown(resolver: Resolver) -> Iterator[str]:
    references, wanted = resolver.references, resolver.wanted
    for identity in wanted.pages:
        if (page := references.every_page.get(identity)) is not None:
            yield page_token(page.translation_key)
    for model, identities in wanted.snippets.items():
        for identity in identities:
            if key := references.snippet_key(model, identity):
                yield snippet_token(key)
            for version in references.snippet_versions(model, identity):
                for name in image_fields(model):
                    if version.fields[name]:
                        yield image_token(version.fields[name])
    for identity in wanted.images:
        yield image_token(identity)
    for identity in wanted.documents:
        yield file_token(identity)
