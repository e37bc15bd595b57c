"""The page that a path means, and what is answered: a page, another address, or nothing."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest
from wagtail.models import Page as WagtailPage
from wagtail.models import Site

from cms.content.redirects import redirect_at
from cms.content.site_roots import site_roots
from cms.delivery.caching.tags import document_tags, list_tags
from cms.delivery.models import Entry, PublishedDocument
from cms.languages.registry import LANGUAGES
from cms.reader.serving.answers import Page
from cms.reader.serving.rendering import page_pieces
from cms.reader.site_tree import SiteTree, TreePage, encoded, site_tree
from cms.reader.surroundings.frame import start_above


class Elsewhere(NamedTuple):
    """The page is at another address.

    Attributes:
        address: a path, or the whole address of another site.
    """

    address: str
    is_permanent: bool


def found_at(
    path: str, request: HttpRequest, parameters: Mapping[str, str], *, is_settled: bool
) -> Page | Elsewhere | None:
    """The answer for a path: a real page first, then a redirect, then what stands in for a page.

    ``None`` where nothing is published: what only some may read, Wagtail itself shows.

    Args:
        is_settled: whether no document waits for the worker. While some do, as when a thousand
            pages have been moved, Wagtail answers for each that is no longer where its document
            says.
    """
    locale = path.strip("/").partition("/")[0]
    if locale not in LANGUAGES:
        return None
    tree = site_tree(locale)
    asked = Site.find_for_request(request)
    page = _of_site(tree.at(path), asked)
    if page is not None and page.is_own:
        is_there = is_settled or _stands_at(path, page, locale, request)
        return _page(page, tree, parameters) if is_there else None
    redirect = redirect_at(asked, path)
    if redirect is not None and redirect.link:
        return Elsewhere(redirect.link, redirect.is_permanent)
    if page is None:
        meant = _of_site(tree.meant_by(path) or _by_document(path, tree), asked)
        return Elsewhere(meant.address, is_permanent=True) if meant else None
    return _page(page, tree, parameters)


def _of_site(page: TreePage | None, site: Site | None) -> TreePage | None:
    """The page, if it belongs to the site that is asked: each site has its own."""
    if page is None or site is None:
        return None
    keys = {str(root.key) for root in site_roots() if root.address.site_id == site.pk}
    return page if start_above(page).key in keys else None


def _stands_at(path: str, page: TreePage, locale: str, request: HttpRequest) -> bool:
    """Tells whether a page is at a path now, whatever its document says."""
    found = WagtailPage.objects.filter(
        translation_key=page.key, locale__language_code=locale, live=True
    ).first()
    parts = found.get_url_parts(request=request) if found else None
    return parts is not None and encoded(parts[2] or "") == encoded(path)


def _by_document(path: str, tree: SiteTree) -> TreePage | None:
    """The page whose alias stands at a path: one that shows another language's text alone."""
    documents = PublishedDocument.objects.filter(path=encoded(path), page_id__isnull=False)
    key = documents.values_list("key", flat=True).first()
    found = tree.by_key.get(str(key)) if key else None
    return found if found and found.address != encoded(path) else None


def _page(page: TreePage, tree: SiteTree, parameters: Mapping[str, str]) -> Page | None:
    entry = (
        Entry.objects.filter(locale=tree.locale, key=page.key)
        .values_list("document__body", "document__digest", "document__locale", "document__type")
        .first()
    )
    if entry is None:
        return None
    body, digest, locale, label = entry
    document = json.loads(bytes(body))
    pieces = page_pieces(document, digest, tree.locale, parameters)
    tagged = PublishedDocument(key=page.key, locale=locale, type=label)
    tags = (*document_tags(tagged), *list_tags(tree.locale))
    return Page(pieces, document["language"], tags)
