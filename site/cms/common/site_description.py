"""The published description of a site: its name, and what stands around each of its pages.

What holds it is content, of a type of its own. Who needs it asks here; the delivery room, which has
all that is published, answers.
"""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

Describe = Callable[[UUID, str], dict[str, Any] | None]

_describe: Final[list[Describe]] = []


def register_description(describe: Describe) -> None:
    """Says how the description of a site is found; done once."""
    _describe[:] = [describe]


def site_description(start_page: UUID, code: str) -> dict[str, Any] | None:
    """The document of a site's settings in a language, else in the best of its fallbacks.

    Args:
        start_page: key of the start page of the site.

    Returns:
        ``None`` where nothing is published.
    """
    for describe in _describe:
        return describe(start_page, code)
    return None
