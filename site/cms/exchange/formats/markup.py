"""Inline codes as XML elements, which XLIFF and TMX name differently and read alike."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from cms.common.characters import for_xml
from cms.exchange.safety import LARGEST_TEXT
from cms.translation.fragments import (
    LINE_BREAK,
    Damaged,
    Token,
    fragment,
    plain_text,
    tag_of,
    tokens,
)

Paired = Callable[[Any, Token], Any]
"""Makes the element of a pair of codes in a parent."""


def fill(element: Any, text: str, pair: Paired, alone: Paired) -> None:
    """Writes a fragment into an element."""
    try:
        parts = tokens(text)
    except Damaged:
        # A translation that was stored with damaged codes travels as the text that it shows.
        parts = [Token("text", plain_text(text))]
    current = element
    for token in parts:
        if token.kind == "text":
            append_text(current, token.value)
        elif token.kind == "open":
            current = pair(current, token)
        elif token.kind == "close":
            current = current.getparent()
        else:
            alone(current, token)


def append_text(element: Any, text: str) -> None:
    """Adds text after everything that an element holds."""
    text = for_xml(text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def is_locked(element: Any) -> bool:
    """Tells whether a file says that a text, or what it stands in, is not to be translated."""
    for one in (element, *element.iterancestors()):
        if (said := one.get("translate")) is not None:
            return bool(said == "no")
    return False


def read_fragment(
    element: Any, identity: str, *, pairs: frozenset[str], transparent: frozenset[str]
) -> tuple[str, str]:
    """The fragment in an element, and what is wrong with its codes, for the translator.

    Args:
        identity: the attribute that says which code it is.
        pairs: local names of elements that enclose text or stand alone.
        transparent: local names of elements that only mark text.

    Returns:
        ``(fragment, "")``, or ``(plain text, reason)``.
    """
    parts: list[Token] = []
    try:
        _collect(element, identity, pairs, transparent, parts)
    except Damaged as error:
        return "".join(element.itertext()), str(error)
    text = fragment(parts)
    if len(text) > LARGEST_TEXT:
        return "", _("It is longer than %(limit)d characters.") % {"limit": LARGEST_TEXT}
    return text, ""


def _collect(
    element: Any,
    identity: str,
    pairs: frozenset[str],
    transparent: frozenset[str],
    parts: list[Token],
) -> None:
    if element.text:
        parts.append(Token("text", element.text))
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in transparent:
            _collect(child, identity, pairs, transparent, parts)
        elif name in pairs:
            _collect_code(child, identity, pairs, transparent, parts)
        else:
            raise Damaged(
                _("<%(tag)s> is none of the codes of the source.") % {"tag": name or "&…;"}
            )
        if child.tail:
            parts.append(Token("text", child.tail))


def _collect_code(
    element: Any,
    identity: str,
    pairs: frozenset[str],
    transparent: frozenset[str],
    parts: list[Token],
) -> None:
    code = element.get(identity) or ""
    tag = tag_of(code)
    if tag is None:
        raise Damaged(_("“%(code)s” is none of the codes of the source.") % {"code": code})
    if tag == LINE_BREAK:
        parts.append(Token("alone", tag, code))
        return
    parts.append(Token("open", tag, code))
    _collect(element, identity, pairs, transparent, parts)
    parts.append(Token("close", tag, code))
