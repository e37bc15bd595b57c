"""Published documents in a language or its fallbacks, for pages that are made of many of them.

What shows them is content; the reader above, which has all that is published, answers.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

Document = dict[str, Any]


class PublishedEntries(Protocol):
    """Everything that is published, to be asked for documents."""

    def find(self, path: str, code: str, start_page: UUID) -> Document | None:
        """The document that stands in a language for the page at a path.

        Args:
            path: as a request has it, with the code of that language in front: the page's own, or
                with the slugs that the page has in a fallback.
            start_page: key of the start page of the site.

        Returns:
            The language's own, else that of its best fallback; ``None`` where there is no page.
        """

    def below(self, page: UUID, code: str, types: Sequence[str]) -> list[Document]:
        """The documents that stand in a language for the pages below one, in the editors' order.

        The ``path`` of each is where readers of that language find it.

        Args:
            page: key of the page above.
            types: labels of the types that are wanted.
        """


_answering: Final[list[Callable[[], PublishedEntries]]] = []


def register_published_entries(answering: Callable[[], PublishedEntries]) -> None:
    """Registers who answers; done once."""
    _answering[:] = [answering]


def published_entries() -> PublishedEntries:
    """Everything that is published."""
    return _answering[0]()
