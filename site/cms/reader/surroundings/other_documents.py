"""Documents of which a page shows more than their name: highlighted pages, related goals.

What was shown is taken down, each with its state, so that a page that is kept is put together anew
when one of them is another.
"""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from cms.content.reader.parts import DocumentNode
from cms.delivery.http.document_queries import ListQuery, listed_documents
from cms.reader.site_tree import SiteTree
from cms.reader.surroundings.cards import card, digests_by_key, documents_by_key
from cms.reader.surroundings.listing import collection_below

_NEWEST: Final = "newest:"
"""Before the type and the key of a page whose newest members are shown, and how many of them."""


class OtherDocuments:
    """Finds documents for a template.

    Attributes:
        shown: the states of what was asked for, see :func:`states_of`.
    """

    def __init__(self, tree: SiteTree, around: str) -> None:
        self.shown: dict[str, str] = {}
        self._tree = tree
        self._around = around

    def named(self, pages: Iterable[DocumentNode]) -> list[DocumentNode]:
        """The documents in the order in which they are named, those that are published."""
        return self._documents([str(page["key"].data) for page in pages])

    def below(self, page: DocumentNode, most: int) -> list[DocumentNode]:
        """The documents right below a page: the newest of a collection, else the first."""
        found = self._tree.by_key.get(str(page["key"].data))
        if found is None:
            return []
        collection = collection_below(found)
        if collection is None:
            # The order is the tree's, with which everything is made anew.
            return self._documents([child.key for child in found.children[:most]])
        name = f"{_NEWEST}{collection.type}:{found.key}:{most}"
        self.shown[name] = newest = _newest(name, self._tree.locale)
        return self._documents(newest.split())

    def _documents(self, keys: list[str]) -> list[DocumentNode]:
        found = documents_by_key(keys, self._tree.locale)
        self.shown |= {key: found[key][1] if key in found else "" for key in keys}
        return [card(*found[key], self._tree, self._around).node for key in keys if key in found]


def states_of(names: Mapping[str, str] | Iterable[str], locale: str) -> dict[str, str]:
    """The present states: of a key the digest of its document, of the newest members their keys."""
    lists = [name for name in names if name.startswith(_NEWEST)]
    states = digests_by_key([name for name in names if name not in lists], locale)
    return states | {name: _newest(name, locale) for name in lists}


def _newest(name: str, locale: str) -> str:
    label, key, most = name.removeprefix(_NEWEST).split(":")
    query = ListQuery(locale, types=(label,), under=UUID(key), limit=int(most), order="newest")
    found = listed_documents(query)[: int(most)]
    return " ".join(str(UUID(str(one.key))) for one in found)
