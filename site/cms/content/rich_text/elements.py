"""Elements of HTML, by what becomes of them in a rich text."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STYLE_OF: Final = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "cite": "i",
    "dfn": "i",
    "var": "i",
    "sub": "sub",
    "sup": "sup",
}
"""Style by the element that browsers show in it."""

FEATURE_OF: Final = {
    "b": "bold",
    "i": "italic",
    "sub": "subscript",
    "sup": "superscript",
    "ol": "ol",
    "ul": "ul",
    "page": "link",
    "document": "document-link",
    "href": "link",
    "language": "language",
}
"""The feature by a style, a list, what a link leads to, or the mark of a language."""

LISTS: Final = {"ol": "ol", "ul": "ul", "menu": "ul", "dir": "ul"}

CONTAINERS: Final = frozenset(
    {
        *("address", "article", "aside", "body", "center", "div", "figure", "footer", "header"),
        *("hgroup", "html", "main", "nav", "p", "search", "section"),
    }
)
"""A browser begins a line with each and ends it with it."""

PLAIN: Final = frozenset(
    {
        *("a", "abbr", "acronym", "basefont", "bdi", "big", "code", "data", "font", "ins", "kbd"),
        *("label", "mark", "nobr", "samp", "small", "span", "time", "tt", "u"),
    }
)
"""The words stay; how they look, which tells nothing that the words do not, goes."""

INVISIBLE: Final = frozenset({"base", "link", "meta", "wbr"})
"""Nothing is shown of them."""

_LEAVE_OUT: Final = _("Leave it out.")
_BLOCK: Final = _("Use a block of its own.")

REMEDIES: Final[dict[str, str | Promise]] = {
    "table": _("Use a table block."),
    "blockquote": _("Use a quote block."),
    "q": _("Type the quotation marks."),
    "del": _("Leave out the words that are struck."),
    "s": _("Leave out the words that are struck."),
    "strike": _("Leave out the words that are struck."),
    "pre": _("Use paragraphs."),
    "dl": _("Use paragraphs or a list."),
    "hr": _BLOCK,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _("Use a heading block.")),
    **dict.fromkeys(("img", "picture"), _("Use an image block.")),
    **dict.fromkeys(("iframe", "object", "video"), _("Use a video block.")),
    **dict.fromkeys(("details", "summary"), _("Use an accordion block.")),
}
"""Other ways to write elements that cannot be stored."""


def remedy(name: str) -> str:
    """Says what to do about an element that cannot be stored."""
    return str(REMEDIES.get(name, _LEAVE_OUT))
