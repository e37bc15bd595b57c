"""Gathers for templates what surrounds a document: its site, the pages below, its languages."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from cms.content.reader.context import OTHER_DOCUMENTS
from cms.content.reader.parts import DocumentNode, read_links
from cms.reader.crawlers.feeds import feed_path
from cms.reader.crawlers.structured_data import structured_data
from cms.reader.site_tree import SiteTree, TreePage, site_tree
from cms.reader.surroundings.cards import Card, cards_below
from cms.reader.surroundings.frame import frame_of, line_within, site_of
from cms.reader.surroundings.language_switch import (
    fallback_notice,
    language_choices,
    languages_with_pages,
)
from cms.reader.surroundings.listing import collection_below, listing_of
from cms.reader.surroundings.other_documents import OtherDocuments

STAMP: Final = "stamp"
"""In the surroundings: the state of all that is shown beside the document and the frame."""


def surroundings_of(
    document: dict[str, Any], locale: str, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """The surroundings of a document, published or not, for a site read in a language.

    ``frame``: what stands above and below. ``site``: the settings of the site. ``children``: the
    pages below, as cards. ``listing``: the members of a collection that stand below, such as
    stories. ``feed``: their feed. ``crumbs``: the pages above and itself. ``choices``: the
    languages. ``notice``: where the document stands in for one that the language lacks.
    ``other_documents``: finds more documents, for ``{% whole … %}`` and ``{% below … %}``.
    """
    tree = site_tree(locale)
    page = tree.by_key.get(document.get("key") or "")
    around = document["language"]
    site = site_of(tree, page, document)
    found = _below(page, tree, around, parameters) if page else {"children": []}
    cards: list[Card] = found["children"]
    crumbs = _crumbs(document, line_within(page, site.start) if page else [], around)
    choices = language_choices(document, page, locale, languages_with_pages())
    is_standing_in = around != locale
    stamp = (
        site.stamp,
        [card.digest for card in cards],
        found.get("listing_stamp", ""),
        crumbs.data,
        choices,
    )
    return found | {
        "children": [card.node for card in cards],
        "site": site.node(around),
        "home": site.start.address if site.start else f"/{locale}/",
        "frame": frame_of(site, page),
        "crumbs": crumbs,
        "choices": choices,
        "notice": fallback_notice(locale, around) if is_standing_in else [],
        "structured_data": structured_data(document, site),
        OTHER_DOCUMENTS: OtherDocuments(tree, around),
        STAMP: hashlib.sha256(json.dumps(stamp, default=str).encode()).hexdigest(),
    }


def _below(
    page: TreePage, tree: SiteTree, around: str, parameters: Mapping[str, str]
) -> dict[str, Any]:
    collection = collection_below(page)
    if collection is None:
        return {"children": cards_below(page, tree, around)}
    listing = listing_of(collection, page, tree, around, parameters)
    stamp = repr((listing.options, listing.next, listing.total))
    feed = feed_path(collection, tree.locale)
    return {"children": listing.cards, "listing": listing, "listing_stamp": stamp, "feed": feed}


def _crumbs(document: Mapping[str, Any], above: list[TreePage], around: str) -> DocumentNode:
    """From the start page down; of a page that nobody has published as its document says."""
    if not above:
        return read_links(document["breadcrumbs"], around)
    line = [
        {"title": page.title, "path": page.address, "language": page.language}
        for page in reversed(above)
    ]
    return read_links(line, around)
