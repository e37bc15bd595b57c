"""Links: each leads to one thing, which readers can open."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.blocks import PageChooserBlock, RichTextBlock
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.content.blocks.link import TARGETS, LinkBlock
from cms.content.pages import BasePage
from cms.content.rules.findings import Fault
from cms.content.rules.registry import advises, refuses
from cms.content.rules.walking import nodes_of

_LINK: Final = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")
_NUMBER: Final = re.compile(r"\bid=\"(\d+)\"")


@refuses("link_target", LinkBlock)
def look_for_one_target(link: Any) -> Iterator[Fault]:
    """Finds a link with no target or with several."""
    chosen = [target for target in TARGETS if (link or {}).get(target)]
    if not chosen:
        yield Fault(_("Choose a page, an address or a file."), ("page",))
    elif len(chosen) > 1:
        yield Fault(_("Choose only one of page, address and file."), (chosen[-1],))


@advises("link_dead", BasePage)
def look_for_dead_links(page: Any) -> Iterator[Fault]:
    """Finds links to pages that are not published, or gone; of a page in one query."""
    links = list(_links_to_pages(page))
    numbers = {number for number, _where in links}
    live = dict(Page.objects.filter(pk__in=numbers).values_list("pk", "live")) if numbers else {}
    for number, where in links:
        if number not in live:
            yield Fault(_("The page that a link leads to is gone. Choose another."), **where)
        elif not live[number]:
            yield Fault(
                _("A link leads to a page that is not published: readers see no link."), **where
            )


def _links_to_pages(page: Any) -> Iterator[tuple[int, Any]]:
    """The number of each page that is linked to, and where the link is."""
    for field in page._meta.concrete_fields:
        if isinstance(field, RichTextField):
            for number in _in_html(getattr(page, field.name)):
                yield number, {"place": (field.name,)}
    for node in nodes_of(page):
        if isinstance(node.block, PageChooserBlock) and str(node.value or "").isdecimal():
            yield int(node.value), {"node": node}
        elif isinstance(node.block, RichTextBlock):
            for number in _in_html(node.value):
                yield number, {"node": node}


def _in_html(html: Any) -> Iterator[int]:
    for link in _LINK.findall(html or ""):
        if number := _NUMBER.search(link):
            yield int(number[1])
