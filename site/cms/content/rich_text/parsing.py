"""HTML to a tree, as a browser makes it."""

import re
from io import StringIO
from typing import Any, Final

from lxml import etree
from tinyhtml5.parser import HTMLParser

Element = Any
"""An element with ``tag``, ``text``, ``tail``, ``attrib`` and children, of lxml or ElementTree."""

_WRITTEN: Final = frozenset(
    {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}
)
_INLINE: Final = _WRITTEN - {"li", "ol", "p", "ul"}
_CHILDREN: Final = {
    "rich-text": frozenset({"ol", "p", "ul"}),
    "li": _INLINE | {"ol", "ul"},
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "br": frozenset[str](),
}


def parsed(html: str) -> Element:
    """The tree of a text, whose root stands for no element of the text.

    What was written as the editor writes it is parsed by lxml, a hundred times as fast; it is such
    that a browser's rules make the same tree of it. Anything else is parsed by those rules.
    """
    root = _as_written(html)
    return _as_in_browser(html) if root is None else root


_ANOTHER_IN_XML: Final = re.compile(r"<[!?]|&#(?!x27;)")
"""Comments, sections and numbers of characters, which XML takes in another way than HTML."""


def _as_written(html: str) -> Element | None:
    if _ANOTHER_IN_XML.search(html):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(f"<rich-text>{html}</rich-text>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if _is_as_written(root) else None


def _is_as_written(root: Element) -> bool:
    for element in root.iter():
        if not isinstance(element.tag, str):
            return False
        allowed = _CHILDREN.get(element.tag, _INLINE)
        if any(child.tag not in allowed for child in element):
            return False
        if element.tag == "a" and any(child.tag == "a" for child in element.iterdescendants()):
            return False
        # <p/> is a paragraph that is not closed, to a browser.
        if element.tag != "br" and element.text is None and not len(element):
            return False
    return True


def _as_in_browser(html: str) -> Element:
    parser = HTMLParser(namespace_html_elements=False)
    # A file object: a short string that names a file would have that file read.
    return parser.parse_fragment(StringIO(html), container="div")
