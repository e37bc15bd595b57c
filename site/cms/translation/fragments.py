"""A unit's fragment as text and codes, which every format writes in a way of its own.

A fragment is HTML as wagtail-localize stores it: ``&``, ``<`` and ``>`` escaped, a few inline tags,
and ``id`` alone as an attribute. Characters that XML cannot hold are left out of what is written;
none can be typed in Wagtail's editor.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Final, Literal

from django.utils.translation import gettext as _

from cms.common.characters import is_visible

INLINE_TAGS: Final = ("a", "abbr", "acronym", "b", "code", "em", "i", "strong", "sub", "sup")
LINE_BREAK: Final = "br"

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*?)?)\s*(/?)>")
_ID = re.compile(r'\s*id="([^"]*)"\s*')
_MARK_CODE = re.compile(r"lang-([A-Za-z0-9-]+)-[0-9]+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w+\}")
_HTML = re.compile(r"</?[a-zA-Z!][^<>]*>")


class Damaged(ValueError):
    """The codes of a fragment are not what they may be. The message says which and why."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a fragment.

    Attributes:
        kind: ``text``, ``open``, ``close`` or ``alone``.
        value: the text, unescaped, or the name of the tag.
        code: of ``open``, ``close`` and ``alone``: which code of the fragment it is. A link's is
            wagtail-localize's own, ``a1``; that of words in another language says which it is,
            ``lang-smj-2``; of others it is their name and number, ``b1``.
    """

    kind: Literal["text", "open", "close", "alone"]
    value: str
    code: str = ""


def tokens(fragment: str) -> list[Token]:
    """Takes a fragment apart.

    Raises:
        Damaged: a tag is not allowed, has attributes that it may not have, or is not closed.
    """
    found: list[Token] = []
    opened: list[Token] = []
    numbers: Counter[str] = Counter()
    position = 0
    for match in _TAG.finditer(fragment):
        _add_text(found, fragment[position : match.start()])
        position = match.end()
        closing, name, attributes, _alone = match.groups()
        name = name.lower()
        if name == LINE_BREAK and not closing and not attributes.strip():
            numbers[name] += 1
            found.append(Token("alone", name, f"{name}{numbers[name]}"))
        elif name not in INLINE_TAGS:
            raise Damaged(_("The tag <%(tag)s> is not allowed.") % {"tag": name})
        elif closing:
            found.append(_closed(opened, name))
        else:
            numbers[name] += 1
            code = _identity(name, attributes) or _numbered(name, numbers[name])
            opened.append(Token("open", name, code))
            found.append(opened[-1])
    _add_text(found, fragment[position:])
    if opened:
        raise Damaged(_("The tag <%(tag)s> is not closed.") % {"tag": opened[-1].value})
    return found


def _numbered(name: str, number: int) -> str:
    # A link's code is the id under which its address is kept; one without an address has none.
    return f"a-{number}" if name == "a" else f"{name}{number}"


def _add_text(found: list[Token], escaped: str) -> None:
    if "<" in escaped:
        shown = escaped[escaped.index("<") :][:30]
        raise Damaged(_("“%(text)s” is no allowed tag.") % {"text": shown})
    if escaped:
        found.append(Token("text", unescape(escaped)))


def _closed(opened: list[Token], name: str) -> Token:
    if not opened or opened[-1].value != name:
        raise Damaged(_("The tag </%(tag)s> closes nothing.") % {"tag": name})
    return Token("close", name, opened.pop().code)


def _identity(name: str, attributes: str) -> str:
    """The id of a link; nothing else may have attributes."""
    if not attributes.strip():
        return ""
    match = _ID.fullmatch(attributes)
    if match is None or name != "a":
        raise Damaged(
            _("The tag <%(tag)s> has attributes; they are kept apart from the text.")
            % {"tag": name}
        )
    return unescape(match[1])


def fragment(parts: list[Token]) -> str:
    """Puts a fragment together again, as wagtail-localize stores it."""
    return "".join(_written(token) for token in parts)


def tag_of(code: str) -> str | None:
    """The tag that a code stands for, ``strong`` for ``strong2``; ``None`` for a foreign code."""
    if language_of_code(code):
        return "a"
    name = code.rstrip("0123456789").rstrip("-")
    return name if name in (*INLINE_TAGS, LINE_BREAK) and name != code else None


def mark_code(language: str, number: str) -> str:
    """The code of words that are marked as being in another language."""
    return f"lang-{language}-{number}"


def language_of_code(code: str) -> str:
    """The language of marked words by their code; empty for the code of anything else."""
    match = _MARK_CODE.fullmatch(code)
    return match[1] if match else ""


def _written(token: Token) -> str:
    if token.kind == "text":
        return escape(token.value, quote=False)
    if token.kind == "close":
        return f"</{token.value}>"
    if token.kind == "alone":
        return f"<{token.value}/>"
    has_address = token.value == "a" and not token.code.startswith("a-")
    return f'<a id="{token.code}">' if has_address else f"<{token.value}>"


def plain_text(text: str) -> str:
    """A fragment as a person reads it: no tags, a line break for ``<br/>``."""
    text = re.sub(r"<br\s*/?>", "\n", text)
    return unescape(_TAG.sub("", text))


def damage(
    source: str,
    target: str,
    *,
    is_plain: bool,
    max_length: int | None = None,
    by_words: bool = False,
    language: str = "",
) -> str | None:
    """The fault in a translation, with the remedy; ``None`` when there is none.

    Formatting may be left out, moved or repeated, and lines broken elsewhere. A link has to be
    there exactly once, around words and in no other link, and a placeholder as often as in the
    source; so has the mark of words in another language, unless the translation is in that
    language itself. What is odd in the source already may stay so.

    Args:
        is_plain: whether the field holds text alone.
        max_length: characters that the field holds; ``None`` for any number.
        by_words: whether a link is called by its words in the source, for who sees it as a link;
            else by its code, as files have it.
        language: code of the translation's; empty where it is not known.
    """
    try:
        parts = tokens(target)
    except Damaged as error:
        return str(error)
    text = plain_text(target)
    if not is_visible(text) and is_visible(plain_text(source)):
        return _("It has no text that anybody can see.")
    if is_plain and any(token.kind == "open" for token in parts):
        return _("The field holds text alone: leave the tags out.")
    names = link_words(source) if by_words else {}
    if fault := _changed_links(source, target, parts, names, language):
        return fault
    if (written := _HTML.search(text)) and not _HTML.search(plain_text(source)):
        return _("“%(text)s” is HTML typed as text; the source has none.") % {"text": written[0]}
    if max_length is not None and len(text) > max_length:
        return _("It has %(length)d characters; the field holds %(limit)d. Shorten it.") % {
            "length": len(text),
            "limit": max_length,
        }
    return _changed_placeholder(source, target)


def link_words(fragment: str) -> dict[str, str]:
    """The words of each link of a fragment by its code; none of a damaged one."""
    words: dict[str, str] = {}
    opened: list[str] = []
    try:
        parts = tokens(fragment)
    except Damaged:
        return {}
    for token in parts:
        if token.kind == "open" and token.value == "a":
            opened.append(token.code)
        elif token.kind == "close" and token.value == "a":
            opened.pop()
        elif token.kind == "text":
            for code in opened:
                words[code] = words.get(code, "") + token.value
    return words


def _changed_links(
    source: str, target: str, parts: list[Token], names: dict[str, str], language: str
) -> str | None:
    wanted, found = Counter(_links(source)), Counter(_links(target))
    for link in wanted:
        if language_of_code(link):
            may_go = language_of_code(link) == language and not found[link]
            if found[link] != wanted[link] and not may_go:
                return _misplaced_mark(link, names)
        elif not found[link]:
            return _("The link “%(link)s” is missing.") % {"link": names.get(link, link)}
        elif found[link] > wanted[link]:
            return _("The link “%(link)s” is there twice.") % {"link": names.get(link, link)}
    for link in found - wanted:
        if language_of_code(link):
            return _("The source has no mark of language “%(mark)s”.") % {"mark": link}
        return _("The source has no link “%(link)s”.") % {"link": names.get(link, link)}
    nested, empty = _odd_links(parts)
    if not nested and not empty:
        return None
    nested_before, empty_before = _odd_links_of(source)
    for link in sorted(nested - nested_before):
        if language_of_code(link):
            return _misplaced_mark(link, names)
        return _("The link “%(link)s” is in another link. Move it out.") % {
            "link": names.get(link, link)
        }
    for link in sorted(empty - empty_before):
        if language_of_code(link):
            return _misplaced_mark(link, names)
        return _("The link “%(link)s” is empty. Put it around the words to be linked.") % {
            "link": names.get(link, link)
        }
    return None


def _misplaced_mark(code: str, names: dict[str, str]) -> str:
    return _(
        "The mark of language around “%(words)s” has to be there once, around words and in no link."
    ) % {"words": names.get(code, code)}


def _odd_links(parts: list[Token]) -> tuple[set[str], set[str]]:
    """The links in other links, and those around nothing that anybody sees."""
    nested: set[str] = set()
    opened: list[Token] = []
    shown: set[str] = set()
    for token in parts:
        if token.kind == "text" and is_visible(token.value):
            shown |= {link.code for link in opened}
        elif token.kind == "open" and token.value == "a":
            if opened:
                nested.add(token.code)
            opened.append(token)
        elif token.kind == "close" and token.value == "a":
            opened.pop()
    links = {token.code for token in parts if token.kind == "open" and token.value == "a"}
    return nested, links - shown


def _odd_links_of(source: str) -> tuple[set[str], set[str]]:
    try:
        return _odd_links(tokens(source))
    except Damaged:
        return set(), set()


def _links(text: str) -> Iterator[str]:
    for match in _TAG.finditer(text):
        closing, name, attributes, _alone = match.groups()
        if name.lower() == "a" and not closing:
            identity = _ID.fullmatch(attributes)
            yield identity[1] if identity else "a"


def _changed_placeholder(source: str, target: str) -> str | None:
    wanted = Counter(_PLACEHOLDER.findall(plain_text(source)))
    found = Counter(_PLACEHOLDER.findall(plain_text(target)))
    if wanted == found:
        return None
    [changed, *_others] = (wanted - found) or (found - wanted)
    return _("The placeholder “%(name)s” has to stay as it is.") % {"name": changed}
