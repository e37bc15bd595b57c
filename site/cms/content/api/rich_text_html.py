"""Rich text as it is displayed: every link leads to a live page in the right language."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from wagtail.api.rich_text import APIRichText
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text
from wagtail.rich_text import features as feature_registry
from wagtail.rich_text.rewriters import LinkRewriter
from wagtail_localize.strings import restore_strings

from cms.content.api.references.reference_ids import Wanted
from cms.content.rich_text.language_parts import displayed_parts
from cms.translation.sources.cached_extract_strings import cached_extract_strings

DISPLAYED = APIRichText.FORMAT_HTML
DISPLAYED_AS_MARKDOWN = APIRichText.FORMAT_MARKDOWN
STORED_AS_MARKDOWN = APIRichText.FORMAT_DB_MARKDOWN

_EDITOR_KEY = re.compile(r' data-block-key="[^"]*"')
"""By this the editor tells paragraphs apart; it means nothing to a reader."""

Attributes = dict[str, str]
LinkRule = Callable[[Attributes], str]


def features_of(features: list[str] | None) -> tuple[str, ...]:
    """The features of a field or block of rich text; Wagtail's own where it names none."""
    found = feature_registry.get_default_features() if features is None else features
    return tuple(found)


def rich_text_schema(features: list[str] | None) -> dict[str, Any]:
    """The part of a schema that says of a string that it is rich text."""
    return {"contentMediaType": "text/html", "x-rich-text-features": [*features_of(features)]}


def collect_links(source: str, wanted: Wanted) -> None:
    """Asks for the pages and files to which a rich text links."""
    for model, object_id, *_paths in extract_references_from_rich_text(source):
        if issubclass(model, Page | AbstractDocument):
            wanted.add(model, object_id)


def rich_text_strings(html: str) -> list[str]:
    """The segments of a rich text, as wagtail-localize cuts them."""
    _template, strings = cached_extract_strings(html)
    return [string.data for string, _attributes in strings]


def marked_html(html: str, attributes_of: Callable[[str], Attributes]) -> str:
    """The rich text, with attributes on every paragraph of which all strings have the same.

    A string beside others in one element gets a ``span`` of its own.

    Args:
        attributes_of: those of a string; none for one that is not to be marked.
    """
    template, strings = cached_extract_strings(html)
    soup = BeautifulSoup(template, "html.parser")
    marks = [attributes_of(string.data) for string, _attributes in strings]
    for text in soup.find_all("text"):
        mark = marks[int(str(text["position"]))]
        if not mark or text.parent is None:
            continue
        beside = text.parent.find_all("text")
        if text.parent is not soup and all(marks[int(str(t["position"]))] == mark for t in beside):
            text.parent.attrs.update(mark)
        else:
            text.wrap(soup.new_tag("span", attrs=dict(mark)))
    marked: str = restore_strings(str(soup), strings)
    return marked


def displayed_html(
    source: str, *, page_link: LinkRule, document_link: LinkRule, language: str = ""
) -> str:
    """HTML with real addresses, and with the language of words that are in another.

    ``page_link`` and ``document_link`` get the attributes of a stored link and return the
    opening tag. Wagtail's own rules ask the database once or more for each link.

    Args:
        language: that of the whole text; empty for several.
    """
    rewrite: Any = LinkRewriter(rules={"page": page_link, "document": document_link})
    return _EDITOR_KEY.sub("", str(rewrite(displayed_parts(source, language))))


def opening_tag(**attributes: str | None) -> str:
    """``<a …>`` with the attributes that have a value; ``<a>`` alone is no link at all."""
    written = "".join(
        f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None
    )
    return f"<a{written}>"
