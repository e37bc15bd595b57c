"""Limits of a rich text, judged before it is parsed."""

import re
from collections import Counter
from typing import Final

from django.utils.translation import gettext as _

DEPTH: Final = 50
"""Elements in one another; a browser nests no deeper than some hundreds, and no text needs ten."""

LENGTH: Final = 2_000_000
"""Characters, which is more than a page may have."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_ENDED_BY_OTHERS: Final = frozenset(
    {"dd", "dt", "li", "optgroup", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_EMPTY: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)


def excess(html: str) -> str | None:
    """The limit that a text exceeds, with the remedy; ``None`` when there is none.

    Tags are counted, not parsed: the parser's own time grows with their depth.
    """
    if len(html) > LENGTH:
        return _(
            "The text has %(length)d characters; %(limit)d are possible. Divide it among pages."
        ) % {"length": len(html), "limit": LENGTH}
    opened: Counter[str] = Counter()
    for closing, tag in _TAG.findall(html):
        name = tag.lower()
        if name in _ENDED_BY_OTHERS or name in _EMPTY:
            continue
        if not closing:
            opened[name] += 1
        elif opened[name]:
            opened[name] -= 1
        if opened.total() > DEPTH:
            return _(
                "More than %(limit)d elements stand in one another, or are not closed. "
                "Leave out those that are not needed."
            ) % {"limit": DEPTH}
    return None
