"""Language of parts (WCAG 3.1.2): words of a rich text that are in another language than the text.

They are stored as ``<a linktype="language" lang="smj">…</a>``, for wagtail-localize keeps of all
elements with attributes only links in the sentence in which they stand. Readers get
``<span lang="smj">…</span>``. A link and a mark cannot stand in one another.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Final

from cms.content.rich_text.paragraphs import Link
from cms.languages.registry import LANGUAGES
from cms.languages.tags import registered_code

KIND: Final = "language"
"""The ``linktype`` of a mark, and the feature that offers it."""

SAID_OF_EVERYTHING: Final = frozenset({"en-us"})
"""Tags that word processors put on texts in any language: those of their spell checkers."""

_MARK: Final = re.compile(r"<a\b([^>]*\blinktype=\"language\"[^>]*)>(.*?)</a>", re.DOTALL)
_LANG: Final = re.compile(r"\blang=\"([^\"]*)\"")


def part_language(tag: str) -> str:
    """The code of the language that a ``lang`` attribute means; empty for one that says nothing."""
    is_said_of_everything = tag.strip().replace("_", "-").casefold() in SAID_OF_EVERYTHING
    return "" if is_said_of_everything else registered_code(tag)


def mark_of(code: str) -> Link:
    """The mark of words in a language, as a link of a run."""
    return Link((("linktype", KIND), ("lang", code)))


def is_mark(link: Link | None) -> bool:
    """Tells whether a link of a run is a mark."""
    return link is not None and link.attributes[0] == ("linktype", KIND)


def displayed_parts(html: str, language: str) -> str:
    """A stored text with its marks as readers get them.

    Args:
        language: code of the language that the whole text is in: what is marked as being in it is
            not another language; empty where the text is in several.
    """
    is_right_to_left = bool(language) and LANGUAGES[language].is_right_to_left

    def opened(code: str) -> str | None:
        found = LANGUAGES.get(code)
        if found is None or code == language:
            return None
        # In a text of several languages the words around may go either way.
        turns = found.is_right_to_left != is_right_to_left or not language
        return f'<span lang="{code}" dir="{found.direction}">' if turns else f'<span lang="{code}">'

    return _replaced(html, opened, "</span>")


def without_marks(html: str, language: str) -> str:
    """A stored text without the marks that say its own language."""

    def opened(code: str) -> str | None:
        return None if code == language else f'<a linktype="{KIND}" lang="{escape(code)}">'

    return _replaced(html, opened, "</a>")


def _replaced(html: str, opened: Callable[[str], str | None], closed: str) -> str:
    if f'linktype="{KIND}"' not in html:
        return html

    def mark(match: re.Match[str]) -> str:
        lang = _LANG.search(match[1])
        beginning = opened(lang[1] if lang else "")
        return match[2] if beginning is None else f"{beginning}{match[2]}{closed}"

    return _MARK.sub(mark, html)
