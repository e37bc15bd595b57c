"""How a value is shown, by what it is: a text, a figure, a date, a choice, a link, a file."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from norrbotten.content.reader import definitions
from norrbotten.content.reader.chrome import words
from norrbotten.content.reader.marking import attributes, mark
from norrbotten.content.reader.parts import Part

GROUPED_FROM = 10_000
"""Digits are grouped from here on: a year never is."""


def markup(part: Part) -> SafeString:
    """A part of a document as HTML; nothing for an empty one."""
    data, definition = part.data, part.definition
    if data is None or data in ("", [], {}):
        return SafeString()
    chosen = definitions.choice_label(definition, data)
    if chosen is not None:
        return words(chosen, part.document_language)
    if isinstance(data, bool):
        return words(_("Yes") if data else _("No"), part.document_language)
    if isinstance(data, int | float):
        return _figure(data, part.document_language)
    if isinstance(data, list):
        entries = format_html_join("", "<li>{}</li>", ((markup(entry),) for entry in part))
        return format_html("<ul>{}</ul>", entries)
    if isinstance(data, dict):
        return _object(part)
    return _text(part)


def plain(data: Any) -> str:
    """A value as it stands in an attribute; a whole number without a decimal point."""
    if data is None:
        return ""
    if isinstance(data, float) and data.is_integer():
        return str(int(data))
    return str(data)


def _text(part: Part) -> SafeString:
    data, definition = part.data, part.definition
    marks = attributes(part.text_language, part.document_language)
    if definitions.is_rich_text(definition):
        # The API gives it as it is to be displayed.
        return format_html('<div class="text"{}>{}</div>', marks, SafeString(data))
    if definitions.is_date(definition):
        return format_html('<time datetime="{0}">{0}</time>', data)
    if definitions.is_address(definition):
        return format_html('<a href="{0}" dir="ltr">{0}</a>', data)
    if definitions.is_email(definition):
        return format_html('<a href="mailto:{0}" dir="ltr">{0}</a>', data)
    return mark(conditional_escape(data), part.text_language, part.document_language)


def _figure(number: int | float, language: str) -> SafeString:
    with translation.override(language):
        shown = number_format(plain(number), force_grouping=abs(number) >= GROUPED_FROM)
    return format_html('<data value="{}">{}</data>', plain(number), shown)


def _object(part: Part) -> SafeString:
    if "filename" in part.data:
        return _file(part)
    # What has no title, such as an image, needs a template.
    return _relation(part) if "title" in part.data else SafeString()


def _relation(part: Part) -> SafeString:
    """A page as a link; a snippet, which has no page, by its name."""
    title = conditional_escape(part.data["title"])
    language = part["title"].text_language
    if not part.data.get("path"):
        return mark(title, language, part.document_language)
    target = part.text_language
    return format_html(
        '<a href="{}"{}{}>{}</a>',
        part.data["path"],
        format_html(' hreflang="{}"', target) if target != part.document_language else "",
        attributes(language, part.document_language),
        title,
    )


def _file(part: Part) -> SafeString:
    return format_html(
        '<a href="{}">{}</a> {}', part.data["url"], part.data["title"], file_details(part)
    )


def file_details(part: Part) -> SafeString:
    """What kind of file and how large, for those who pay for what they load: ``(PDF, 1.2 MB)``."""
    kind = part.data["filename"].rpartition(".")[2].upper()
    with translation.override(part.document_language):
        size = filesizeformat(part.data["size"]) if part.data["size"] else ""
    details = ", ".join(filter(None, [kind, size]))
    return format_html('<span dir="ltr">({})</span>', details)
