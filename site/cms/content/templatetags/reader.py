"""Template tags of the reader; ``{% load reader %}``."""

from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.api.v2.utils import get_full_url

from cms.content.blocks.heading import FIRST_LEVEL, HeadingBlock
from cms.content.reader import definitions, interface_strings, marking, parts
from cms.content.reader.parts import DocumentNode
from cms.languages.registry import get_language as registered_language

register = template.Library()

STYLE_SHEET: Final = "content/reader.css"


def page_language(context: Context) -> str:
    """The document's language; on a page without a document, that of our own words."""
    document = context.get("document")
    if isinstance(document, DocumentNode):
        return document.document_language
    return interface_strings.interface_language(get_language() or "")


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
def label(context: Context, part: DocumentNode) -> SafeString:
    """The admin's name for a field."""
    return interface_strings.interface_string(
        definitions.label(part.definition), page_language(context), capital=True
    )


@register.simple_tag
def language_name(part: DocumentNode) -> str:
    """The own name of the language whose code this is."""
    return registered_language(part.data).name


@register.simple_tag
def language_attributes(part: DocumentNode) -> SafeString:
    """``lang``, ``hreflang`` and ``dir`` of a link to the language whose code this is."""
    return format_html(
        'lang="{0}" hreflang="{0}" dir="{1}"', part.data, marking.direction(part.data)
    )


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
def stream(context: Context, part: DocumentNode | str, level: int = FIRST_LEVEL) -> SafeString:
    """Every block of a stream by its own template.

    A block's template is given ``value``; ``level``, which a heading of its own has there, one
    below the heading before it; and ``anchor``, an id that is its own.
    """
    rendered = []
    for value in part.blocks() if isinstance(part, DocumentNode) else ():
        rendered.append((_render_block(context, value, level),))
        if isinstance(value.definition, HeadingBlock):
            level = int(value.data["level"]) + 1
    return format_html_join("\n", "{}", rendered)


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
