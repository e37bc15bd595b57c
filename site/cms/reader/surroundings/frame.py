"""The frame of every page of a language: mark, name, search and menu above, footer below."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.common.site_description import site_description
from cms.content.reader.marking import direction
from cms.content.reader.parts import DocumentNode, read_document, read_links
from cms.content.site_roots import site_roots
from cms.reader.site_tree import SiteTree, TreePage

_MOST_KEPT: Final = 256
"""Frames in each process: one for each language and entry of its menu."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page.

    Attributes:
        locale: code of the language whose site is read.
        start, end: HTML inside the header and inside the footer.
    """

    locale: str
    start: SafeString
    end: SafeString

    @property
    def attributes(self) -> SafeString:
        """``lang`` and ``dir`` of the header and the footer."""
        return format_html('lang="{}" dir="{}"', self.locale, direction(self.locale))


@dataclass(frozen=True, slots=True)
class Site:
    """A site in a language.

    Attributes:
        start: its start page in the tree of the language; ``None`` where nothing is published.
        described: the document of its settings; ``None`` where there is none.
    """

    tree: SiteTree
    start: TreePage | None
    described: dict[str, Any] | None

    def node(self, around: str) -> DocumentNode:
        """Its settings as templates read them, inside text of another language."""
        if self.described is None:
            return read_links([], around)
        return read_document(self.described, apps.get_model(self.described["type"]), around=around)

    @property
    def stamp(self) -> tuple[str, ...]:
        """The state of all that a frame shows of the site."""
        start = self.start.key if self.start else ""
        # Languages into which nothing is translated have the same tree.
        return self.tree.locale, self.tree.digest, start, repr(self.described)


def start_above(page: TreePage) -> TreePage:
    """The start page of the site of a page: a site may stand within another one's tree."""
    starts = {str(root.key) for root in site_roots()}
    line = list(page.line())
    return next((above for above in line if above.key in starts), line[-1])


def line_within(page: TreePage, start: TreePage | None) -> list[TreePage]:
    """A page and those above it up to the start page of its site, from the bottom up."""
    found = []
    for above in page.line():
        found.append(above)
        if above is start:
            break
    return found


def site_of(tree: SiteTree, page: TreePage | None, document: Mapping[str, Any]) -> Site:
    """The site to which a document belongs; the first one where it belongs to none yet."""
    start: TreePage | None
    if page is not None:
        start = start_above(page)
    else:
        tops = {top.key: top for top in tree.tops}
        crumbs = document.get("breadcrumbs") or [{"key": ""}]
        start = tops.get(crumbs[0]["key"]) or next(iter(tree.tops), None)
    described = None if start is None else site_description(UUID(start.key), tree.locale)
    return Site(tree, start, described)


def frame_of(site: Site, page: TreePage | None) -> Frame:
    """The frame around a page, whose part of the site is marked in the menu."""
    line = line_within(page, site.start) if page else []
    section = line[-2].key if len(line) > 1 else ""
    return _frames.get(site, section, is_section_itself=len(line) == 2)


class FrameCache:
    """Frames that were made before; each as long as all that it shows is the same."""

    def __init__(self) -> None:
        self._frames: OrderedDict[tuple[Any, ...], Frame] = OrderedDict()
        self._lock = Lock()

    def get(self, site: Site, section: str, *, is_section_itself: bool) -> Frame:
        """The frame of a site with one entry of its menu marked."""
        name = (site.stamp, section, is_section_itself)
        with self._lock:
            kept = self._frames.get(name)
            if kept is not None:
                self._frames.move_to_end(name)
                return kept
        made = _make(site, section, "page" if is_section_itself else "true")
        with self._lock:
            self._frames[name] = made
            while len(self._frames) > _MOST_KEPT:
                self._frames.popitem(last=False)
        return made


_frames: Final = FrameCache()


def _make(site: Site, section: str, current: str) -> Frame:
    locale = site.tree.locale
    entries = [
        {"page": node, "current": current if page.key == section else ""}
        for page in (site.start.children if site.start else [])
        if page.in_menu
        for node in read_links(
            [{"title": page.title, "path": page.address, "language": page.language}], locale
        )
    ]
    context = {
        "frame_language": locale,
        "home": site.start.address if site.start else f"/{locale}/",
        "site": site.node(locale),
        "menu": entries,
    }
    return Frame(
        locale,
        SafeString(render_to_string("reader/frame_start.html", context)),
        SafeString(render_to_string("reader/frame_end.html", context)),
    )
