"""The attributes that say in which language a text is, and which way it runs."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.content.api.references.resolver import SEVERAL_LANGUAGES
from cms.languages.registry import LANGUAGES


def direction(code: str) -> str:
    """``ltr`` or ``rtl``; ``auto`` where several languages meet or nobody knows which it is."""
    language = LANGUAGES.get(code)
    return language.direction if language else "auto"


def attributes(code: str, surrounding: str) -> SafeString:
    """The attributes of an element in one language inside another, with a space before them."""
    if code == surrounding:
        return SafeString()
    if code == SEVERAL_LANGUAGES:
        # Its untranslated paragraphs say so themselves.
        return SafeString()
    return format_html(' lang="{}" dir="{}"', code, direction(code))


def mark(html: SafeString, code: str, surrounding: str) -> SafeString:
    """Running text, in an element of its own where its language is not the surrounding one."""
    found = attributes(code, surrounding)
    return format_html("<span{}>{}</span>", found, html) if found else html
