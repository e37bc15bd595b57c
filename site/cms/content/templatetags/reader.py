"""Template tags of the reader; ``{% load reader %}``."""

from pathlib import Path
from typing import Any, Final

from django import template
from django.apps import apps
from django.http import HttpRequest
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.api.v2.utils import get_full_url

from cms.content.blocks.heading import FIRST_LEVEL, HeadingBlock
from cms.content.reader import definitions, interface_strings, marking, parts
from cms.content.reader.contents import FEWEST_IN_CONTENTS, headings_with_ids
from cms.content.reader.context import OTHER_DOCUMENTS
from cms.content.reader.parts import DocumentNode
from cms.languages.registry import get_language as registered_language

register = template.Library()

STYLE_SHEET: Final = "content/reader.css"
_A_YEAR: Final = 4
"""Digits."""


def page_language(context: Context) -> str:
    """The language around: of the frame, else of the document, else that of our own words."""
    if "frame_language" in context:
        return str(context["frame_language"])
    document = context.get("document")
    if isinstance(document, DocumentNode):
        return document.document_language
    return interface_strings.interface_language(context.get("locale") or get_language() or "")


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """``lang`` and ``dir`` of the whole page."""
    code = page_language(context)
    return format_html('lang="{}" dir="{}"', code, marking.direction(code))


@register.simple_tag
def style_sheet_if_collected() -> SafeString:
    """The link to the reader's style sheet; none where static files were not collected.

    A page that tells of an error must not fail for another one.
    """
    try:
        address = static(STYLE_SHEET)
    except ValueError:
        return SafeString()
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag(takes_context=True)
def words(context: Context, text: Any) -> SafeString:
    """Words of ours: ``{% words _("Goals") %}``; ``{% translate %}`` would hide their language."""
    return interface_strings.interface_string(text, page_language(context))


@register.simple_tag(takes_context=True)
def plain_words(context: Context, text: Any) -> str:
    """Words of ours where no mark of their language can stand, as in an ``option``."""
    return interface_strings.plain_interface_string(text, page_language(context))


@register.simple_tag(takes_context=True)
def kronor(context: Context, amount: DocumentNode) -> SafeString:
    """A sum of money as the language writes it, ``1 200 000 kr``."""
    unit = interface_strings.interface_string(_("SEK"), page_language(context))
    return format_html("{}\N{NO-BREAK SPACE}{}", parts.markup(amount), unit)


@register.simple_tag(takes_context=True)
def period(context: Context, start: DocumentNode | str, end: DocumentNode | str) -> SafeString:
    """Two years or dates, ``2020–2030``; one of them as the language says it, ``until 2040``."""
    if start and end:
        between = "{}–{}" if len(plain(end)) == _A_YEAR else "{} – {}"
        return format_html(between, SafeString(start), SafeString(end))
    template_text = _("until %(end)s") if end else _("from %(start)s")
    said = interface_strings.plain_interface_string(template_text, page_language(context))
    language = interface_strings.interface_language(page_language(context))
    shown = SafeString(escape(said) % {"start": str(start), "end": str(end)})
    return marking.mark(shown, language, page_language(context))


@register.simple_tag(takes_context=True)
def option_label(context: Context, option: Any) -> str:
    """The name of a value by which a list is narrowed; words of ours where it is a choice."""
    return interface_strings.plain_interface_string(option.label, page_language(context))


@register.filter
def last_path(crumbs: DocumentNode) -> str:
    """The path of the page that is read: the last of those on the way to it."""
    return str(list(crumbs)[-1].data["path"]) if len(crumbs) else ""


@register.simple_tag(takes_context=True)
def label(context: Context, part: DocumentNode) -> SafeString:
    """The admin's name for a field."""
    return interface_strings.interface_string(
        definitions.label(part.definition), page_language(context), capital=True
    )


@register.simple_tag
def name_of_language(code: str) -> str:
    """The own name of a language."""
    return registered_language(code).name


@register.simple_tag
def language_attributes(code: str) -> SafeString:
    """``lang``, ``hreflang`` and ``dir`` of a link to a page in a language, named in it."""
    return format_html('hreflang="{}" {}', code, attributes_of(code))


@register.simple_tag
def attributes_of(code: str) -> SafeString:
    """``lang`` and ``dir`` of a text in a language."""
    return format_html('lang="{}" dir="{}"', code, marking.direction(code))


@register.simple_tag(takes_context=True)
def card(context: Context, entry: DocumentNode, level: int) -> SafeString:
    """A page in short, by the card of its type; a link where its document is not at hand.

    The card of ``strategy.StoryPage`` is ``strategy/cards/story_page.html``.
    """
    engine: Any = context.template.engine  # type: ignore[union-attr]
    own = _beside(entry, "cards")
    names = [*([own] if own else []), "content/parts/card.html"]
    with context.push(card=entry, level=level + 1):
        return SafeString(engine.select_template(names).render(context))


@register.simple_tag(takes_context=True)
def whole(context: Context, named: list[DocumentNode]) -> list[DocumentNode]:
    """The documents of pages that are named, for cards: ``{% whole pages as entries %}``."""
    others = context.get(OTHER_DOCUMENTS)
    found: list[DocumentNode] = others.named(named) if others else named
    return found


@register.simple_tag(takes_context=True)
def below(context: Context, page: DocumentNode, most: int = 12) -> list[DocumentNode]:
    """The documents right below a page, as its own page lists them: ``{% below page 3 as … %}``."""
    others = context.get(OTHER_DOCUMENTS)
    found: list[DocumentNode] = others.below(page, most) if others else []
    return found


@register.simple_tag(takes_context=True)
def highlight(context: Context, entry: DocumentNode) -> SafeString:
    """A page that a start page puts first, by the highlight of its type; else as a card.

    The highlight of ``strategy.StoriesPage`` is ``strategy/highlights/stories_page.html``.
    """
    engine: Any = context.template.engine  # type: ignore[union-attr]
    own = _beside(entry, "highlights")
    names = [*([own] if own else []), "content/parts/highlight.html"]
    with context.push(page=entry):
        return SafeString(engine.select_template(names).render(context))


def _beside(entry: DocumentNode, folder: str) -> str:
    """The name of a type's template in a folder beside its page's; empty where no type is known."""
    label = plain(entry["type"])
    if not label:
        return ""
    template_of_page = Path(apps.get_model(label).template)
    return str(template_of_page.parent / folder / template_of_page.name)


def listed(body: DocumentNode | str) -> list[DocumentNode]:
    """The pages that an editor has listed in running text."""
    blocks = body.blocks() if isinstance(body, DocumentNode) else iter(())
    pages = (block["pages"] for block in blocks if "pages" in (block.data or {}))
    return [page for found in pages for page in found if page]


@register.filter
def without_listed(pages: list[DocumentNode], body: DocumentNode | str) -> list[DocumentNode]:
    """Pages that an editor has not listed in running text."""
    return without(pages, listed(body))


@register.filter
def without(pages: list[DocumentNode], others: list[DocumentNode]) -> list[DocumentNode]:
    """Pages that are not among others: nothing stands on a page twice."""
    keys = {plain(other["key"]) for other in others}
    return [page for page in pages if plain(page["key"]) not in keys]


@register.tag
def contents(parser: Parser, token: Token) -> "ContentsNode":
    """``{% contents %} … {% endcontents %}``: puts the list of its headings behind the first."""
    del token
    inside = parser.parse(("endcontents",))
    parser.delete_first_token()
    return ContentsNode(inside)


class ContentsNode(template.Node):
    """Part of a page that begins with its list of contents where it is long."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Adds an id to each heading of the second level, and the list where there are many."""
        inside, headings = headings_with_ids(self.nodelist.render(context))
        if len(headings) < FEWEST_IN_CONTENTS:
            return SafeString(inside)
        links = format_html_join(
            "",
            '<li><a href="#{}"{}>{}</a></li>',
            ((one.id, one.marks, one.text) for one in headings),
        )
        title = words(context, _("On this page"))
        listed = format_html(
            '<nav class="contents" aria-labelledby="contents-label"><h2 id="contents-label">{}'
            "</h2><ol>{}</ol></nav>",
            title,
            links,
        )
        head, end, rest = inside.partition("</h1>")
        return SafeString(f"{head}{end}{listed}{rest}")


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: DocumentNode) -> str:
    """The whole address of a path on this site."""
    request: HttpRequest | None = context.get("request")
    return str(get_full_url(request, parts.plain(path.data)))


@register.inclusion_tag("content/parts/fact.html", takes_context=True)
def fact(context: Context, part: DocumentNode | str, heading: Any = None) -> dict[str, Any]:
    """A field with its label, inside a ``dl``; nothing where the field is empty.

    A yes or no is shown either way. ``heading`` stands in for the field's own label.
    """
    is_shown = isinstance(part, DocumentNode) and (bool(part) or isinstance(part.data, bool))
    return {
        "document": context.get("document"),
        "part": part if is_shown else None,
        "heading": heading,
    }


@register.simple_tag(takes_context=True)
def stream(
    context: Context, part: DocumentNode | str, level: int = FIRST_LEVEL, *, wrapped: bool = False
) -> SafeString:
    """Every block of a stream by its own template; ``wrapped``: each in an element of its own.

    A block's template is given ``value``; ``level``, which a heading of its own has there, one
    below the heading before it; and ``anchor``, an id that is its own.
    """
    rendered = []
    for value in part.blocks() if isinstance(part, DocumentNode) else ():
        rendered.append((_render_block(context, value, level),))
        if isinstance(value.definition, HeadingBlock):
            level = int(value.data["level"]) + 1
    around = '<div class="item">{}</div>' if wrapped else "{}"
    return format_html_join("\n", around, rendered)


def _render_block(context: Context, value: DocumentNode, level: int) -> str:
    block: Any = value.definition
    anchor = "part" + value.pointer.replace("/", "-")
    engine: Any = context.template.engine  # type: ignore[union-attr]
    with context.push(value=value, level=level, anchor=anchor):
        rendered: str = engine.get_template(block.meta.template).render(context)
    return rendered


@register.filter
def plain(part: DocumentNode | str) -> str:
    """The bare value, for an attribute."""
    return parts.plain(part.data) if isinstance(part, DocumentNode) else part


@register.filter
def marks(part: DocumentNode | str) -> SafeString:
    """``lang`` and ``dir`` for the element that holds this text, where it needs them."""
    if not isinstance(part, DocumentNode):
        return SafeString()
    return marking.attributes(part.text_language, part.document_language)


@register.filter
def members(rows: DocumentNode | str, name: str) -> list[DocumentNode]:
    """One member of every row, where it is there: what is not published is left out."""
    return [row[name] for row in rows if row[name]] if isinstance(rows, DocumentNode) else []


@register.filter
def with_member(rows: DocumentNode | str, name: str) -> list[DocumentNode]:
    """The rows that have this member: what they say of something unpublished is left out."""
    return [row for row in rows if row[name]] if isinstance(rows, DocumentNode) else []


@register.filter
def present(parts: DocumentNode | str) -> list[DocumentNode]:
    """The items of a list that are there."""
    return [part for part in parts if part] if isinstance(parts, DocumentNode) else []


@register.filter
def per_cent(share: DocumentNode) -> int:
    """A share as a whole number of per cent; may be negative or above 100."""
    whole: int = round(share.data * 100)
    return whole


@register.filter
def bar(share: DocumentNode) -> int:
    """A share as long as a bar can show it: 0 to 100."""
    return min(max(per_cent(share), 0), 100)


@register.filter
def file_details(file: DocumentNode) -> SafeString:
    """The kind and the size of a file."""
    return parts.file_details(file)


@register.filter
def shared_image(image: DocumentNode) -> str:
    """The address of an image for who shows one beside a link, in a form that everybody reads.

    The last form is the one that everybody reads; of it the widest.
    """
    renditions = image.data["renditions"]
    everybody_reads = [one for one in renditions if one["format"] == renditions[-1]["format"]]
    widest: dict[str, Any] = max(everybody_reads, key=lambda one: one["width"])
    return str(widest["url"])


@register.filter
def sources(image: DocumentNode) -> list[dict[str, str]]:
    """The formats of an image, best first: ``{type, src, srcset}``; the last is for the ``img``."""
    formats: dict[str, list[dict[str, Any]]] = {}
    for rendition in image.data["renditions"]:
        formats.setdefault(rendition["format"], []).append(rendition)
    return [
        {
            "type": f"image/{name}",
            "src": found[len(found) // 2]["url"],
            "srcset": ", ".join(f"{one['url']} {one['width']}w" for one in found),
        }
        for name, found in formats.items()
    ]
