"""A document as its template sees it: every part knows its language and what defines it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.content.reader import definitions
from cms.content.reader.definitions import Definition
from cms.content.reader.figures import day_text, figure_text
from cms.content.reader.interface_strings import interface_string
from cms.content.reader.marking import attributes, direction, mark


@dataclass(frozen=True)
class DocumentNode:
    """A value somewhere in a document.

    In a template ``{{ document.lead }}`` shows it as HTML that says its language where that is not
    the document's; the filters ``plain`` and ``marks`` give the two halves of that apart.

    Attributes:
        data: the JSON value.
        definition: the model, field or block that defines it, or ``None``.
        pointer: its JSON Pointer in the document.
        text_language: BCP 47 code of the language that its text is really in, ``mul`` for
            several, empty where nobody knows.
        document_language: the language of the document that it is in.
        languages: the parts of the document in another language, by JSON Pointer.
    """

    data: Any
    definition: Definition
    pointer: str
    text_language: str
    document_language: str
    languages: Mapping[str, str]

    def __getitem__(self, name: str) -> "DocumentNode":
        """A member; an empty part where there is none, so that nothing empty breaks a page."""
        data = self.data.get(name) if isinstance(self.data, Mapping) else None
        return self._below(name, data, definitions.member(self.definition, name))

    def __len__(self) -> int:
        return len(self.data or ())

    def __iter__(self) -> Iterator["DocumentNode"]:
        definition = definitions.item(self.definition)
        for position, value in enumerate(self.data or ()):
            yield self._below(str(position), value, definition)

    def __bool__(self) -> bool:
        """Tells whether there is anything to show; for a yes or no, whether it is yes."""
        if isinstance(self.data, bool):
            return self.data
        return self.data is not None and self.data not in ("", [], {})

    def __str__(self) -> str:
        return markup(self)

    def blocks(self) -> Iterator["DocumentNode"]:
        """The values of a stream's blocks; the definition of each is its block."""
        known = definitions.stream_blocks(self.definition)
        for position, block in enumerate(self.data or ()):
            yield self._below(f"{position}/value", block["value"], known[block["type"]])

    def _below(self, step: str, data: Any, definition: Definition) -> "DocumentNode":
        pointer = f"{self.pointer}/{step}"
        language = self.languages.get(pointer) or _own_language(data) or self.text_language
        return DocumentNode(
            data, definition, pointer, language, self.document_language, self.languages
        )


def read_document(
    document: dict[str, Any], model: type[Any], *, around: str | None = None
) -> DocumentNode:
    """A document, as the API gives it, ready to be shown.

    Args:
        around: the language of the page on which it is shown; its own where it is that page.
    """
    language = document["language"]
    return DocumentNode(document, model, "", language, around or language, document["languages"])


def read_links(links: list[dict[str, Any]], document_language: str) -> DocumentNode:
    """Pages that a document leads to without holding them: ``[{title, path, language}]``."""
    return DocumentNode(links, None, "", document_language, document_language, {})


def _own_language(data: Any) -> str | None:
    """A related page or snippet says itself which language it is in."""
    return data.get("language") if isinstance(data, Mapping) else None


def markup(part: DocumentNode) -> SafeString:
    """A part of a document as HTML; nothing for an empty one."""
    data, definition = part.data, part.definition
    if data is None or data in ("", [], {}):
        return SafeString()
    chosen = definitions.choice_label(definition, data)
    if chosen is not None:
        return interface_string(chosen, part.document_language)
    if isinstance(data, bool):
        return interface_string(_("Yes") if data else _("No"), part.document_language)
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


def _text(part: DocumentNode) -> SafeString:
    data, definition = part.data, part.definition
    marks = attributes(part.text_language, part.document_language)
    if definitions.is_rich_text(definition):
        # The API gives it as it is to be displayed.
        return format_html('<div class="text"{}>{}</div>', marks, SafeString(data))
    if definitions.is_date(definition):
        return _date(data, part.document_language)
    if definitions.is_address(definition):
        return format_html('<a href="{0}" dir="ltr">{0}</a>', data)
    if definitions.is_email(definition):
        return format_html('<a href="mailto:{0}" dir="ltr">{0}</a>', data)
    return mark(conditional_escape(data), part.text_language, part.document_language)


def _date(written: str, language: str) -> SafeString:
    """A day as the language writes it, ``3 februari 2027``."""
    shown = day_text(date.fromisoformat(written), language)
    return format_html('<time datetime="{}">{}</time>', written, shown)


def _figure(number: int | float, language: str) -> SafeString:
    shown = figure_text(number, language)
    # Else a minus would stand behind its figure.
    ltr = SafeString(' dir="ltr"') if number < 0 and direction(language) == "rtl" else ""
    return format_html('<data value="{}"{}>{}</data>', plain(number), ltr, shown)


def _object(part: DocumentNode) -> SafeString:
    if "filename" in part.data:
        return _file(part)
    # What has no title, such as an image, needs a template.
    return _relation(part) if "title" in part.data else SafeString()


def _relation(part: DocumentNode) -> SafeString:
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


def _file(part: DocumentNode) -> SafeString:
    return format_html(
        '<a href="{}">{}</a> {}', part.data["url"], part.data["title"], file_details(part)
    )


def file_details(part: DocumentNode) -> SafeString:
    """Kind and size of a file, for those who pay for what they load: ``(PDF, 1.2 MB)``."""
    kind = part.data["filename"].rpartition(".")[2].upper()
    with translation.override(part.document_language):
        size = filesizeformat(part.data["size"]) if part.data["size"] else ""
    details = ", ".join(filter(None, [kind, size]))
    return format_html('<span dir="ltr">({})</span>', details)
