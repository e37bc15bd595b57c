"""Reads a page as strictly as a validator would: what it finds wrong, and what a reader hears."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = frozenset({"img", "link", "meta", "source", "br", "hr", "input"})
PHRASING_ONLY = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "title"})
BLOCKS = frozenset({"div", "p", "ul", "ol", "dl", "table", "section", "figure", "blockquote"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Element:
    """An element with its attributes, the element that it is in, and the text right in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        """The element and everything in it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.all()

    def find(self, tag: str, **attributes: str) -> list["Element"]:
        """Elements of this kind inside, with these attributes; ``class_`` for ``class``."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.all()
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def whole_text(self) -> str:
        """The text in it and in all below, spaces as one."""
        return " ".join("".join(element.text for element in self.all()).split())

    def nearest(self, attribute: str) -> str | None:
        """The value of an attribute that holds here, as ``lang`` and ``dir`` do."""
        element: Element | None = self
        while element is not None:
            if attribute in element.attributes:
                return element.attributes[attribute]
            element = element.parent
        return None


class StrictParser(HTMLParser):
    """Collects the elements and whatever is wrong with them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = self.root
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self._refuse(len(names) != len(set(names)), f"<{tag}> says an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self._check_place(element)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag: str) -> None:
        self._refuse(self.open.tag != tag, f"</{tag}> closes <{self.open.tag}>")
        if self.open.parent is not None:
            self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.text += data

    def _check_place(self, element: Element) -> None:
        ancestor = element.parent
        while ancestor is not None:
            self._refuse(
                ancestor.tag in PHRASING_ONLY and element.tag in BLOCKS,
                f"<{element.tag}> in <{ancestor.tag}>",
            )
            self._refuse(
                ancestor.tag == element.tag == "a" or ancestor.tag == "title",
                f"<{element.tag}> in <{ancestor.tag}>",
            )
            ancestor = ancestor.parent

    def _refuse(self, is_wrong: bool, problem: str) -> None:
        if is_wrong:
            self.problems.append(f"line {self.getpos()[0]}: {problem}")


def read(html: str) -> Element:
    """The elements of a page; fails with every problem that it has."""
    parser = StrictParser()
    parser.feed(html)
    parser.close()
    root = parser.root
    problems = [*parser.problems, *_problems(root)]
    if parser.open is not root:
        problems.append(f"<{parser.open.tag}> is never closed")
    assert not problems, "\n".join(problems)
    return root


def read_preview(html: str) -> Element:
    """The elements of a preview; it ends with Wagtail's bar, by which the checks panel measures.

    Without that the panel shows a green 0 and has measured nothing.
    """
    page, footer, bar = html.partition("</footer>")
    assert "<wagtail-userbar" in bar
    return read(f"{page}{footer}</body></html>")


def levels(root: Element) -> list[int]:
    """The levels of all headings in order."""
    return [int(element.tag[1]) for element in root.all() if element.tag in HEADINGS]


def _problems(root: Element) -> Iterator[str]:
    identities = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    if len(identities) != len(set(identities)):
        yield f"an id is there twice: {sorted(identities)}"
    found = levels(root)
    if found.count(1) != 1 or found[:1] != [1]:
        yield f"there is not one h1 at the top: {found}"
    for previous, level in pairwise(found):
        if level > previous + 1:
            yield f"an h{level} under an h{previous}"
    for element in root.all():
        attributes = element.attributes
        label = attributes.get("aria-labelledby")
        if label is not None and label not in identities:
            yield f"{label} labels <{element.tag}> but is not there"
        if element.tag == "img" and "alt" not in attributes:
            yield "an img without alt"
        if element.tag in HEADINGS and not element.whole_text():
            yield f"an empty <{element.tag}>"
        # SVG has no dir.
        is_of_svg = element.tag in {"title", "desc", "text", "tspan"}
        if "lang" in attributes and "dir" not in attributes and not is_of_svg:
            yield f"<{element.tag}> says its language but not its direction: {attributes}"
        # Data for search engines is no script.
        is_script = element.tag == "script" and attributes.get("type") != "application/ld+json"
        if (
            is_script
            or element.tag == "iframe"
            or any(name.startswith("on") for name in attributes)
        ):
            yield f"<{element.tag}> runs a script"
