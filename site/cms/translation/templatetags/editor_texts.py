"""Shows stored strings to people: with their formatting, never with its tags."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.translation.fragments import Damaged, Token, language_of_code, plain_text, tokens

register = template.Library()


@register.filter
def fragment_html(fragment: str) -> SafeString:
    """A string as HTML: bold is bold, and a link is marked and leads nowhere."""
    try:
        parts = tokens(fragment)
    except Damaged:
        return escape(plain_text(fragment))
    # Text is escaped, and tags are from the list of those that a fragment may have.
    return mark_safe("".join(_html(part) for part in parts))  # noqa: S308


@register.filter
def in_attribute(fragment: str) -> SafeString:
    """A string for an attribute in single quotes: a tag in it takes no more than its length."""
    # Nothing else ends such an attribute, or means something in it.
    escaped = fragment.replace("&", "&amp;").replace("'", "&#39;")
    return mark_safe(escaped)  # noqa: S308


def _html(part: Token) -> str:
    if part.kind == "text":
        return escape(part.value)
    if part.kind == "alone":
        return "<br>"
    if part.value != "a":
        return f"</{part.value}>" if part.kind == "close" else f"<{part.value}>"
    if part.kind == "close":
        return "</span>"
    if language := language_of_code(part.code):
        # The element is the same for a link: what closes it cannot tell them apart.
        return format_html(
            '<span class="editor-part" data-code="{}" lang="{}" dir="auto">', part.code, language
        )
    return format_html('<span class="editor-link" data-code="{}">', part.code)
