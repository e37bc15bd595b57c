"""Cuts a rich text into strings, as wagtail-localize does, once for all who need them."""

from functools import lru_cache
from typing import Final

from wagtail_localize import strings

_TEXTS_AT_HAND: Final = 4_096
"""Of one publication at least: each is cut for its source, for its languages and for its words. A
stream has a thousand blocks, and its translations have as many; a page has two million bytes."""

cached_extract_strings = lru_cache(maxsize=_TEXTS_AT_HAND)(strings.extract_strings)
"""The template and the strings of a rich text; nobody may change them."""
