"""The way of every rich text that comes in."""

from functools import lru_cache

from wagtail.admin.rich_text.converters.db_html import RichTextRemoval

from cms.content.rich_text.reading import NotStorable, read
from cms.content.rich_text.writing import written

__all__ = ["NotStorable", "normalised"]


@lru_cache(maxsize=2048)
def normalised(
    html: str, features: tuple[str, ...], language: str = ""
) -> tuple[str, tuple[RichTextRemoval, ...]]:
    """HTML as it is stored, and the elements of which only the words stay.

    A page that is saved holds most of its texts as they were: what was read last is remembered.

    Args:
        language: that of the text, where it is known; words need no mark of it.

    Raises:
        NotStorable: it cannot be stored as it was meant.
    """
    paragraphs, removals = read(html, features, language)
    return written(paragraphs), tuple(removals)
