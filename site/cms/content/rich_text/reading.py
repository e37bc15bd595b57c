"""HTML to paragraphs, as a browser shows it, or a refusal.

Words and their order stay. White space is collapsed, paragraphs and links without a visible word
go. What a rich text cannot hold is refused where it carries meaning: tables, headings, pictures,
struck words. Colours and fonts go, and are reported.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.db_html import RichTextRemoval
from wagtail.whitelist import check_url

from cms.common.characters import for_xml, is_visible
from cms.content.rich_text import appearance, elements
from cms.content.rich_text.language_parts import KIND, is_mark, mark_of, part_language
from cms.content.rich_text.limits import excess
from cms.content.rich_text.paragraphs import LINE_BREAK, Kind, Link, Paragraph, Run
from cms.content.rich_text.parsing import Element, parsed
from cms.content.rich_text.runs import tidied
from cms.content.rich_text.word_lists import MARKER, WordItem, word_item
from cms.content.rich_text.writing import KEY

_SPACE: Final = re.compile("[ \t\n\f\r]+")
_KEY: Final = re.compile("[A-Za-z0-9-]{1,40}")
_NUMBER: Final = re.compile("-?[0-9]{1,9}")
START: Final = "data-start"
"""Attribute by which the editor's conversion says with which number a list goes on at an item."""

LANGUAGE: Final = "lang"
"""Attribute that a removal names where a link and another language met."""

_SHOWN: Final = 40
"""Characters of a text that a message repeats."""


class NotStorable(ValueError):
    """A text cannot be stored as it was meant. The message says why, and how else to write it."""


@dataclass(frozen=True, slots=True)
class _State:
    """Circumstances of an element."""

    styles: frozenset[str] = frozenset()
    link: Link | None = None
    lists: tuple[Kind, ...] = ()
    is_hidden: bool = False


def read(
    html: str, features: Collection[str], language: str = ""
) -> tuple[list[Paragraph], list[RichTextRemoval]]:
    """Paragraphs of a text, and the elements of which only the words stay.

    Args:
        features: Wagtail's names of what may stand in the text: ``bold``, ``ul``, ``link``.
        language: that of the text, where it is known; words need no mark of it.

    Raises:
        NotStorable: it holds what a rich text with these features cannot.
    """
    if fault := excess(html):
        raise NotStorable(fault)
    reader = _Reader(frozenset(features), language)
    reader.contents(parsed(for_xml(html)), _State())
    reader.end_paragraph()
    _let_none_hang(reader.paragraphs)
    return reader.paragraphs, reader.removals


def _let_none_hang(paragraphs: list[Paragraph]) -> None:
    """Lets each item stand in a list that has an item around it."""
    deepest = 0
    for paragraph in paragraphs:
        paragraph.depth = min(paragraph.depth, deepest)
        deepest = 0 if paragraph.kind == "p" else paragraph.depth + 1


@dataclass
class _Reader:
    features: frozenset[str]
    language: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    removals: list[RichTextRemoval] = field(default_factory=list)
    open: Paragraph | None = None
    """The paragraph that words are added to."""
    item: Paragraph | None = None
    """An item whose words have not begun."""
    keys: set[str] = field(default_factory=set)
    is_line_over: bool = False
    """True where words that follow in the open item begin a line."""

    def contents(self, element: Element, state: _State) -> None:
        self.words(element.text or "", state)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, state)
            self.words(child.tail or "", state)

    def element(self, element: Element, state: _State) -> None:
        # Of SVG and MathML the name has a namespace before it.
        foreign, _brace, name = element.tag.lower().rpartition("}")
        declared = appearance.declarations(element.attrib.get("style", ""))
        if "hidden" in element.attrib or appearance.is_hidden(declared):
            state = replace(state, is_hidden=True)
        styled = state.styles | ({elements.STYLE_OF[name]} if name in elements.STYLE_OF else set())
        state = replace(state, styles=appearance.styles(frozenset(styled), declared))
        if declared.get("mso-list") == MARKER:
            return
        if "lang" in element.attrib:
            state = self.marked(element, state)
        if name == "br":
            self.line_break(state)
        elif item := word_item(element, declared):
            self.word_item(element, item, state)
        elif name in elements.LISTS:
            self.list(element, name, state)
        elif name == "li":
            self.list_item(element, state)
        elif name in elements.CONTAINERS:
            self.container(element, name, state)
        elif name == "a" and element.attrib.get("linktype") == KIND:
            self.contents(element, state)
        elif name == "a" and ("href" in element.attrib or "linktype" in element.attrib):
            self.linked(element, state)
        elif name in elements.STYLE_OF:
            self.contents(element, state)
        elif name in elements.PLAIN or (":" in name and not foreign):
            if name not in {"a", "span"} and ":" not in name:
                self.report(element)
            self.contents(element, state)
        elif foreign or name not in elements.INVISIBLE:
            raise NotStorable(
                _("<%(tag)s> cannot be stored in a rich text. %(remedy)s")
                % {"tag": name[:_SHOWN], "remedy": elements.remedy(name)}
            )

    def report(self, element: Element) -> None:
        detail = f"<{element.tag}>{''.join(element.itertext())}"[:80]
        self.removals.append(
            RichTextRemoval(element.tag, "unwrapped", "feature_disabled", detail=detail)
        )

    def report_language(self, element: Element) -> None:
        """Reports that the words of a link are not marked as being in another language."""
        words = "".join(element.itertext())[:80]
        self.removals.append(
            RichTextRemoval(element.tag, "removed", "feature_disabled", LANGUAGE, words)
        )

    def container(self, element: Element, name: str, state: _State) -> None:
        if state.lists:
            # An item is one paragraph; what is another in a browser is a line of its own.
            self.is_line_over = True
            self.contents(element, state)
            self.is_line_over = True
            return
        self.end_paragraph()
        if name == "p":
            self.begin(Paragraph("p", key=self.key(element)))
        self.contents(element, state)
        self.end_paragraph()

    def list(self, element: Element, name: str, state: _State) -> None:
        kind: Kind = "ol" if elements.LISTS[name] == "ol" else "ul"
        self.allow(kind, f"<{name}>")
        if "reversed" in element.attrib:
            raise NotStorable(_("A list that counts down cannot be stored. Type the numbers."))
        self.end_paragraph()
        begun = len(self.paragraphs)
        self.contents(element, replace(state, lists=(*state.lists, kind)))
        self.end_paragraph()
        if kind == "ol":
            self.number(element, begun, len(state.lists))

    def number(self, element: Element, begun: int, depth: int) -> None:
        """Lets the first item of a list say the number that it begins with."""
        first = next((p for p in self.paragraphs[begun:] if p.depth == depth), None)
        if first is None or first.start is not None:
            return
        start = element.attrib.get("start", "").strip()
        if _NUMBER.fullmatch(start):
            first.start = int(start)
        elif self._goes_on(begun, depth):
            # In a browser each list counts from 1; without a word of it two become one.
            first.start = 1

    def _goes_on(self, begun: int, depth: int) -> bool:
        """Tells whether the items before a list end with a numbered one of the same depth."""
        for paragraph in reversed(self.paragraphs[:begun]):
            if paragraph.kind == "p" or paragraph.depth < depth:
                return False
            if paragraph.depth == depth:
                return paragraph.kind == "ol"
        return False

    def list_item(self, element: Element, state: _State) -> None:
        self.end_paragraph()
        if not state.lists:
            self.allow("ul", "<li>")
            state = replace(state, lists=("ul",))
        self.item = Paragraph(state.lists[-1], len(state.lists) - 1, key=self.key(element))
        value = element.attrib.get(START, element.attrib.get("value", "")).strip()
        if _NUMBER.fullmatch(value) and state.lists[-1] == "ol":
            self.item.start = int(value)
        self.contents(element, state)
        self.end_paragraph()
        self.item = None

    def word_item(self, element: Element, item: WordItem, state: _State) -> None:
        self.allow(item.kind, f"<{item.kind}>")
        self.end_paragraph()
        goes_on = self._goes_on(len(self.paragraphs), item.depth)
        self.item = Paragraph(item.kind, item.depth)
        if item.number is not None and (item.number == 1) == goes_on:
            self.item.start = item.number
        self.contents(element, replace(state, lists=(item.kind,) * (item.depth + 1)))
        self.end_paragraph()
        self.item = None

    def marked(self, element: Element, state: _State) -> _State:
        """The circumstances in an element that says the language of its words.

        The innermost says it, as in a browser. One that the registry lacks, or the text's own,
        needs no mark.
        """
        code = part_language(element.attrib["lang"])
        if KIND not in self.features:
            return state
        if state.link is not None and not is_mark(state.link):
            if code not in ("", self.language):
                self.report_language(element)
            return state
        return replace(state, link=mark_of(code) if code not in ("", self.language) else None)

    def linked(self, element: Element, state: _State) -> None:
        """Reads a link. The language of its words is not kept: a link is in no other."""
        if state.link is not None:
            self.report_language(element)
        self.contents(element, replace(state, link=self.link(element)))

    def link(self, element: Element) -> Link:
        kind = element.attrib.get("linktype")
        if kind is None:
            address = element.attrib["href"].strip()
            self.allow("href", "<a href>")
            if not check_url(address):
                raise NotStorable(
                    _("“%(address)s” is no safe address. Begin it with https://, mailto: or /.")
                    % {"address": address[:_SHOWN]}
                )
            return Link((("href", address),))
        number = element.attrib.get("id", "")
        if kind not in {"page", "document"} or not (number.isascii() and number.isdigit()):
            raise NotStorable(
                _("A link has linktype “page” or “document” and the number as id, or href.")
            )
        self.allow(kind, f'<a linktype="{kind}">')
        return Link((("linktype", kind), ("id", str(int(number)))))

    def allow(self, kind: str, shown: str) -> None:
        if elements.FEATURE_OF[kind] not in self.features:
            raise NotStorable(
                _("%(tag)s is not offered in this text. Leave it out.") % {"tag": shown}
            )

    def key(self, element: Element) -> str:
        key = str(element.attrib.get(KEY, ""))
        if not _KEY.fullmatch(key) or key in self.keys:
            return ""
        self.keys.add(key)
        return key

    def begin(self, paragraph: Paragraph) -> Paragraph:
        self.open = paragraph
        self.is_line_over = False
        self.paragraphs.append(paragraph)
        return paragraph

    def words(self, text: str, state: _State) -> None:
        text = _SPACE.sub(" ", for_xml(text))
        if not text or (text == " " and (self.open is None or self.is_line_over)):
            return
        if state.is_hidden:
            if is_visible(text):
                raise NotStorable(
                    _("“%(text)s” is hidden, and would be seen. Leave it out.")
                    % {"text": text.strip()[:_SHOWN]}
                )
            return
        for style in state.styles:
            self.allow(style, f"<{style}>")
        paragraph = self.open or self.begin(self.begun(state))
        if self.is_line_over:
            self.is_line_over = False
            if paragraph.runs and not paragraph.text.endswith(LINE_BREAK):
                self.line_break(state)
        if not paragraph.runs or paragraph.runs[-1].text.endswith((" ", LINE_BREAK)):
            text = text.removeprefix(" ")
        if text:
            paragraph.runs.append(Run(text, state.styles, state.link))

    def begun(self, state: _State) -> Paragraph:
        """The paragraph that words without one begin."""
        if self.item is not None:
            item, self.item = self.item, None
            return item
        if state.lists:
            raise NotStorable(
                _("Words of a list stand after an inner list, or in no item. Make them an item.")
            )
        return Paragraph("p")

    def line_break(self, state: _State) -> None:
        if self.open is not None and self.open.runs:
            last = self.open.runs[-1]
            self.open.runs[-1] = replace(last, text=last.text.removesuffix(" "))
            self.open.runs.append(Run(LINE_BREAK, state.styles))

    def end_paragraph(self) -> None:
        paragraph, self.open = self.open, None
        self.is_line_over = False
        if paragraph is None:
            return
        paragraph.runs = tidied(paragraph.runs)
        if not is_visible(paragraph.text):
            self.paragraphs.pop()
