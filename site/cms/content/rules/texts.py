"""Texts: a lead, a title that has room, sentences that people can read."""

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField

from cms.common.characters import is_visible
from cms.content.pages import BasePage
from cms.content.rules.findings import Fault
from cms.content.rules.registry import advises
from cms.content.rules.walking import nodes_of
from cms.languages.registry import SOURCE_LANGUAGE_CODE

LEADS: Final = ("lead", "summary", "statement", "introduction")
"""Fields that hold what a page begins with, and lists show; the first that a type has."""

TITLE: Final = 80
"""Characters that have room on a card of two lines."""

LONG_WORD: Final = 6
"""Letters; a word of more is long to LIX."""

HARD: Final = 50
"""From here on LIX calls a text difficult: C. H. Björnsson, *Läsbarhet* (1968)."""

FEWEST_WORDS: Final = 100
"""Of fewer words the index says nothing."""

_TAG: Final = re.compile(r"<[^>]*>")
_SENTENCE: Final = re.compile(r"[.!?:]+(?=\s|$)|</(?:p|li|h\d|td)>")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@advises("lead_missing", BasePage)
def look_for_lead(page: Any) -> Iterator[Fault]:
    """Finds a page that begins with nothing."""
    names = {field.name for field in page._meta.concrete_fields}
    lead = next((name for name in LEADS if name in names), None)
    if lead and not is_visible(_TAG.sub("", getattr(page, lead) or "")):
        message = _("Write one or two sentences on what the page says: lists and searches show it.")
        yield Fault(message, (lead,))


@advises("title_long", BasePage)
def look_for_long_title(page: Any) -> Iterator[Fault]:
    """Finds a title that has no room on a card."""
    length = len(page.title)
    if length > TITLE:
        message = _(
            "The title has %(length)d characters; lists and cards have room for %(most)d. "
            "Shorten it."
        )
        yield Fault(message % {"length": length, "most": TITLE}, ("title",))


@advises("text_hard", BasePage)
def look_for_hard_text(page: Any) -> Iterator[Fault]:
    """Finds a Swedish text that its long words and sentences make difficult."""
    if page.locale.language_code != SOURCE_LANGUAGE_CODE:
        return
    texts = [
        *(
            getattr(page, field.name) or ""
            for field in page._meta.concrete_fields
            if isinstance(field, RichTextField)
        ),
        *(
            str(node.value or "")
            for node in nodes_of(page)
            if isinstance(node.block, RichTextBlock)
        ),
    ]
    index = lix(" ".join(texts))
    if index is not None and index >= HARD:
        message = _(
            "Readability (LIX) is %(index)d; from 50 on a text is difficult for many. Split long "
            "sentences, and choose shorter words where there are any."
        )
        yield Fault(message % {"index": index})


def lix(text: str) -> int | None:
    """LIX of a text with HTML: words in a sentence, and long words in a hundred words, added.

    ``None`` of a text that is too short to tell.
    """
    sentences = len(_SENTENCE.findall(text)) or 1
    words = _WORD.findall(html.unescape(_TAG.sub(" ", text)))
    if len(words) < FEWEST_WORDS:
        return None
    long_words = sum(len(word) > LONG_WORD for word in words)
    return round(len(words) / sentences + 100 * long_words / len(words))
