"""The tree of a language, as readers walk it: each page has an address under that language.

A page that the language lacks is shown in another one, at the address of the nearest page above it
that is translated, then the slugs of the source language. A real page comes before it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from urllib.parse import quote, unquote

from cms.delivery.endpoints.tree import KeptTree, tree_of
from cms.languages.registry import SOURCE_LANGUAGE_CODE


@dataclass(slots=True, eq=False)
class TreePage:
    """A page in the tree of a language.

    Attributes:
        key: translation key, as it is written.
        type: label of its type.
        language: BCP 47 code of the language that its title is really in.
        path: the path of the document that stands for it, which may be of another language.
        address: its path under the language of the tree.
        is_own: whether it is translated into the language of the tree.
        source_slug: its slug in the source language, else in the language that stands in.
    """

    key: str
    type: str
    title: str
    language: str
    path: str
    parent: "TreePage | None"
    in_menu: bool
    is_own: bool
    source_slug: str
    modified_at: str | None
    address: str = ""
    children: list["TreePage"] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The last part of its own path."""
        return _last_part(self.path)

    def line(self) -> Iterator["TreePage"]:
        """The page and those above it, from the bottom up."""
        page: TreePage | None = self
        while page is not None:
            yield page
            page = page.parent


@dataclass(frozen=True, slots=True)
class SiteTree:
    """The pages that stand for a language.

    Attributes:
        digest: SHA-256 of what it was made from.
        tops: start pages of the sites.
        by_key: all pages by their key.
        by_address: all pages by their address, which is percent-encoded.
    """

    locale: str
    digest: str
    tops: list[TreePage]
    by_key: Mapping[str, TreePage]
    by_address: Mapping[str, TreePage]

    def at(self, path: str) -> TreePage | None:
        """The page with this address."""
        return self.by_address.get(encoded(path))

    def meant_by(self, path: str) -> TreePage | None:
        """The page that a path means whose parts are slugs of this language or of the source.

        So the address of a page that was shown in another language leads to it once it is
        translated, and a language switch needs no table.
        """
        head, *steps = [encoded(part) for part in path.split("/") if part] or [""]
        if head != self.locale:
            return None
        for top in self.tops:
            if (found := _descend(top, steps)) is not None:
                return found
        return None


def _descend(page: TreePage, steps: list[str]) -> TreePage | None:
    for step in steps:
        below = page.children
        own = (child for child in below if child.is_own and child.slug == step)
        by_source = (child for child in below if step in (child.source_slug, child.slug))
        found = next(own, None) or next(by_source, None)
        if found is None:
            return None
        page = found
    return page


_kept: Final[dict[str, SiteTree]] = {}
_lock: Final = Lock()


def site_tree(locale: str) -> SiteTree:
    """The tree of a language with its fallbacks; read once for each state of the content."""
    tree = tree_of(locale, fallback=True)
    with _lock:
        kept = _kept.get(locale)
    if kept is None or kept.digest != tree.digest:
        kept = read_tree(locale, tree, source_slugs(locale))
        with _lock:
            _kept[locale] = kept
    return kept


def source_slugs(locale: str) -> Mapping[str, str]:
    """The slug of every page in the source language, by key."""
    if locale == SOURCE_LANGUAGE_CODE:
        return {}
    items = json.loads(tree_of(SOURCE_LANGUAGE_CODE, fallback=False).body)["items"]
    return {item["key"]: _last_part(item["path"]) for item in items}


def read_tree(locale: str, tree: KeptTree, slugs: Mapping[str, str]) -> SiteTree:
    """A tree as readers walk it.

    Args:
        slugs: of the source language, by key.
    """
    by_key: dict[str, TreePage] = {}
    tops: list[TreePage] = []
    for item in json.loads(tree.body)["items"]:
        page = _page(item, by_key.get(item["parent"]), locale, slugs)
        by_key[page.key] = page
        (page.parent.children if page.parent else tops).append(page)
    return SiteTree(locale, tree.digest, tops, by_key, _with_addresses(by_key.values(), locale))


def _page(
    item: Mapping[str, Any], parent: TreePage | None, locale: str, slugs: Mapping[str, str]
) -> TreePage:
    path = encoded(item["path"])
    return TreePage(
        key=item["key"],
        type=item["type"],
        title=item["title"],
        language=item["language"],
        path=path,
        parent=parent,
        in_menu=item["in_menu"],
        is_own=path.startswith(f"/{locale}/"),
        source_slug=slugs.get(item["key"]) or _last_part(path),
        modified_at=item["modified_at"],
    )


def _with_addresses(pages: Iterable[TreePage], locale: str) -> dict[str, TreePage]:
    """Gives each page its address, those above first; a page that is real keeps its own."""
    pages = list(pages)
    found: dict[str, TreePage] = {}
    for page in pages:
        if page.is_own:
            page.address = page.path
            found[page.path] = page
    for page in pages:
        if page.is_own:
            continue
        above = page.parent.address if page.parent else ""
        wanted = f"{above}{page.source_slug}/" if page.parent else f"/{locale}/"
        # Something else stands there, or what is above has no address here.
        is_free = wanted not in found and wanted.startswith(f"/{locale}/")
        page.address = wanted if is_free else page.path
        found.setdefault(page.address, page)
    return found


def encoded(path: str) -> str:
    """A path as documents write it, percent-encoded once."""
    return quote(unquote(path), safe=_PLAIN)


_PLAIN: Final = "/~:@!$&'()*+,;="
"""Signs that Django leaves as they are in an address."""


def _last_part(path: str) -> str:
    return path.strip("/").rpartition("/")[2]
