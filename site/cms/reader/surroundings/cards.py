"""The pages below a page, as cards: each with its whole document, or by its name where many are."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.apps import apps

from cms.content.reader.parts import DocumentNode, read_document, read_links
from cms.delivery.models import Entry
from cms.reader.site_tree import SiteTree, TreePage

MOST_WHOLE: Final = 60
"""Pages that are shown with picture and lead; more are a list of names."""


class Card(NamedTuple):
    """A document that is shown in short.

    Attributes:
        node: the document, its ``path`` where readers of this language find it.
        digest: of the document.
    """

    node: DocumentNode
    digest: str


def cards_below(page: TreePage, tree: SiteTree, around: str) -> list[Card]:
    """The pages right below a page in the editors' order; two queries, however many there are.

    Args:
        around: code of the language of the page on which they are shown.
    """
    children = page.children
    if len(children) > MOST_WHOLE:
        return [_name(child, around) for child in children]
    return cards_of([child.key for child in children], tree, around)


def cards_of(keys: Sequence[str], tree: SiteTree, around: str) -> list[Card]:
    """The documents with these keys in this order, those that are published."""
    found = documents_by_key(keys, tree.locale)
    return [card(found[key][0], found[key][1], tree, around) for key in keys if key in found]


def digests_by_key(keys: Iterable[str], locale: str) -> dict[str, str]:
    """The digests of the documents that stand for keys in a language; empty where none does."""
    keys = list(keys)
    rows = Entry.objects.filter(locale=locale, key__in=keys)
    found = dict(rows.values_list("key", "document__digest"))
    there = {str(key): digest for key, digest in found.items()}
    return {key: there.get(key, "") for key in keys}


def documents_by_key(keys: Iterable[str], locale: str) -> dict[str, tuple[dict[str, Any], str]]:
    """The documents that stand for keys in a language, each with its digest."""
    entries = Entry.objects.filter(locale=locale, key__in=list(keys))
    rows = entries.values_list("key", "document__body", "document__digest")
    return {str(key): (json.loads(bytes(body)), digest) for key, body, digest in rows}


def card(document: dict[str, Any], digest: str, tree: SiteTree, around: str) -> Card:
    """A document as a card on a page in another language, perhaps."""
    page = tree.by_key.get(document["key"])
    if page is not None:
        document = document | {"path": page.address}
    node = read_document(document, apps.get_model(document["type"]), around=around)
    return Card(node, digest)


def _name(page: TreePage, around: str) -> Card:
    link = {"title": page.title, "path": page.address, "language": page.language}
    [node] = read_links([link], around)
    return Card(node, f"{page.address} {page.language} {page.title}")
