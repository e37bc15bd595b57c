"""Has rich text that comes in through API v3 read as a browser shows it, or refused.

Wagtail 8.0.1 unwraps what a field does not offer: ``10<sup>3</sup>`` becomes 103, a table's cells
2025 and 12 become 202512, and items as Google Docs writes them are stored as empty ones; in
Markdown ``<span lang>`` is taken for text. May go
when :class:`wagtail.api.rich_text.APIRichText` takes a converter by registration.
"""

from functools import partial
from typing import Any

from wagtail.api.rich_text import APIRichText, RichTextFormatError
from wagtail.rich_text import features as feature_registry

from cms.content.rich_text.markdown import html_with_parts
from cms.content.rich_text.normalising import NotStorable, normalised
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.api.rich_text:APIRichText.sanitize_db_html",
            "4dfd04fc2e5311a58a59103c0b4a810bf449c01c7a252b44c8cf1c1b95bb41a5",
            lambda _upstreams: classmethod(sanitised),
        ),
        Replacement(
            "wagtail.api.rich_text:APIRichText.convert_db_markdown_input",
            "231b9d663aafd29fab05f5fd88e8bbb6e325c204d8af8d2b8c1393bf11a6f45d",
            lambda upstreams: staticmethod(partial(markdown_input, upstreams)),
        ),
    )


def markdown_input(
    upstreams: Any, content: str, *, features: list[str] | None = None
) -> tuple[str, list[Any]]:
    """HTML as it is stored of Markdown, in which ``<span lang>`` marks words."""
    removals: list[Any] = []

    def converted(markdown: str) -> str:
        html, found = upstreams(markdown, features=features)
        removals.extend(found)
        return str(html)

    html, more = APIRichText.sanitize_db_html(
        html_with_parts(content, converted), features=features
    )
    return html, [*removals, *more]


def sanitised(
    cls: Any, content: str, *, features: list[str] | None = None
) -> tuple[str, list[Any]]:
    """HTML as it is stored, and the elements of which only the words stay.

    Raises:
        RichTextFormatError: it cannot be stored as it was meant.
    """
    if features is None:
        features = feature_registry.get_default_features()
    try:
        html, removals = normalised(content, tuple(features))
    except NotStorable as refused:
        raise RichTextFormatError(str(refused)) from refused
    return html, list(removals)
