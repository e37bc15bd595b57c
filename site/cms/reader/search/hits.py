"""The search of readers: in one language with what stands in for it, or in all at once."""

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.utils.safestring import SafeString
from wagtail.models import Page

from cms.content.reader.interface_strings import interface_language
from cms.content.reader.parts import DocumentNode, read_links
from cms.delivery.models import PublishedDocument
from cms.delivery.search.find import Found, Hit, find
from cms.delivery.search.query import LONGEST_QUERY
from cms.languages.registry import LANGUAGES
from cms.reader.site_tree import site_tree
from cms.reader.surroundings.language_switch import languages_with_pages

A_PAGE: Final = 20
OF_EACH_LANGUAGE: Final = 5


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A page that was found.

    Attributes:
        node: its title as a link.
        excerpt: HTML that is safe.
        language: code of the language that it is in.
    """

    node: DocumentNode
    excerpt: SafeString
    language: str


@dataclass(frozen=True, slots=True)
class HitsOfLanguage:
    """Hits in one language.

    Attributes:
        next: where the list goes on; empty at its end.
    """

    code: str
    name: str
    hits: list[ShownHit]
    next: str


def page_types() -> tuple[str, ...]:
    """Labels of the types of pages: facts have no page of their own."""
    models = (model for model in apps.get_models() if issubclass(model, Page))
    return tuple(sorted(model._meta.label for model in models))


def search_in(locale: str, words: str, after: str | None) -> HitsOfLanguage:
    """The pages that have the words in a language, or in another one that stands in for it.

    Raises:
        ValueError: ``after`` is no place in a list.
    """
    found = _find(locale, words, fallback=True, limit=A_PAGE, after=after)
    return _shown(locale, found, around=interface_language(locale), is_own=False)


def search_everywhere(locale: str, words: str) -> list[HitsOfLanguage]:
    """The best hits of each language that has any, the one that is read first."""
    codes = sorted(languages_with_pages(), key=lambda code: code != locale)
    found = []
    for code in codes:
        hits = _find(code, words, fallback=False, limit=OF_EACH_LANGUAGE)
        if hits.hits:
            found.append(_shown(code, hits, around=interface_language(locale), is_own=True))
    return found


def _find(
    locale: str, words: str, *, fallback: bool, limit: int, after: str | None = None
) -> Found:
    return find(
        locale,
        words[:LONGEST_QUERY],
        fallback=fallback,
        types=page_types(),
        limit=limit,
        after=after,
    )


def _shown(code: str, found: Found, *, around: str, is_own: bool) -> HitsOfLanguage:
    documents = PublishedDocument.objects.in_bulk([hit.document_id for hit in found.hits])
    tree = site_tree(code)

    def shown(hit: Hit) -> ShownHit | None:
        document: Any = documents.get(hit.document_id)
        page = tree.by_key.get(str(hit.key))
        if document is None or page is None:
            return None
        path = document.path if is_own else page.address
        link = {"title": document.title, "path": path, "language": document.title_language}
        [node] = read_links([link], around)
        return ShownHit(node, SafeString(hit.excerpt), document.language)

    hits = [one for one in map(shown, found.hits) if one is not None]
    return HitsOfLanguage(code, LANGUAGES[code].name, hits, found.next or "")
