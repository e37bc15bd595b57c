"""Rich text as Markdown, made of the HTML that is displayed: its links are resolved already."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from wagtail.api.rich_text import APIRichText, RichTextOutputFormat

_BLOCKS: Final = frozenset(
    {"p", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_OF_LANGUAGE: Final = ("lang", "dir")
_PRIVATE_USE: Final = range(0xE000, 0xF8FF)
_SPAN: Final = re.compile(
    r'<span\s+lang="([A-Za-z0-9-]+)"(?:\s+dir="(?:ltr|rtl)")?\s*>(.*?)</span>', re.DOTALL
)


@lru_cache(maxsize=4096)
def markdown_of(
    html: str,
    features: tuple[str, ...],
    form: RichTextOutputFormat = APIRichText.FORMAT_MARKDOWN,
) -> str:
    """Rich text as Wagtail writes it in Markdown.

    Markdown has no languages: what is in another one stands in ``<span lang>``, which is HTML that
    Markdown takes. Other attributes, such as that of a link's target, have no place in it.

    Args:
        html: as displayed.
        features: those of the field.
        form: Markdown as displayed, or as it is stored: then ``html`` is stored but for its marks.
    """
    marked, spans = html, list[str]()
    sign, end = (chr(code) for code in _unused(html))
    if "lang=" in html:
        marked, spans = _with_signs(html, sign, end)
    markdown: str = APIRichText.serialize(marked, format=form, features=list(features))
    if not spans:
        return markdown
    opened = re.sub(f"{sign}([0-9]+){sign}", lambda found: spans[int(found[1])], markdown)
    return opened.replace(end, "</span>")


def html_with_parts(markdown: str, convert: Callable[[str], str]) -> str:
    """HTML of Markdown, in which ``<span lang>`` stays what it is.

    Args:
        convert: makes HTML of Markdown, and takes HTML in it for text.
    """
    languages: list[str] = []
    sign, end = (chr(code) for code in _unused(markdown))

    def signed(match: re.Match[str]) -> str:
        languages.append(match[1])
        return f"{sign}{len(languages) - 1}{sign}{match[2]}{end}"

    html = convert(_SPAN.sub(signed, markdown))
    opened = re.sub(
        f"{sign}([0-9]+){sign}", lambda found: f'<span lang="{languages[int(found[1])]}">', html
    )
    return opened.replace(end, "</span>")


def _unused(html: str) -> list[int]:
    """Two characters of private use that do not stand in a text."""
    return [code for code in _PRIVATE_USE if chr(code) not in html][:2]


def _with_signs(html: str, sign: str, end: str) -> tuple[str, list[str]]:
    """The HTML with signs instead of attributes of language, and the tag for which each stands."""
    soup = BeautifulSoup(html, "html.parser")
    spans: list[str] = []
    # Of what stands within what is in the same language the outer one says it.
    elements = [
        element
        for element in soup.find_all(lang=True)
        if (outer := element.find_parent(lang=True)) is None or outer["lang"] != element["lang"]
    ]
    for element in elements:
        attributes = {name: element[name] for name in _OF_LANGUAGE if name in element.attrs}
        written = "".join(f' {name}="{value}"' for name, value in attributes.items())
        for run in list(_runs(element)):
            run[0].insert_before(f"{sign}{len(spans)}{sign}")
            run[-1].insert_after(end)
            spans.append(f"<span{written}>")
        if element.name == "span":
            element.unwrap()
    return str(soup), spans


def _runs(element: Tag) -> Iterator[list[PageElement]]:
    """The neighbours within an element that stand in one line, whatever blocks are in it."""
    run: list[PageElement] = []
    for child in element.children:
        if isinstance(child, Tag) and child.name in _BLOCKS:
            if run:
                yield run
            run = []
            yield from _runs(child)
        elif run or not isinstance(child, NavigableString) or child.strip():
            run.append(child)
    if run:
        yield run
