"""A rich text between HTML and HTML: its paragraphs and list items, and the words in them."""

from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["p", "ul", "ol"]

LINE_BREAK: Final = "\n"
"""In the text of a run; other white space is a single space or no-break space."""

STYLES: Final = ("b", "i", "sub", "sup")
"""Elements of styles, from the outermost."""


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link: ``href``, or ``linktype`` and ``id``, in the order of the database.

    Or the mark of words in another language: ``linktype`` and ``lang``.
    """

    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Text that looks the same from end to end."""

    text: str
    styles: frozenset[str] = frozenset()
    link: Link | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or an item of a list.

    Attributes:
        kind: ``p``, or the list that an item stands in.
        depth: number of lists around that of an item; 0 for a paragraph.
        start: number of an item that begins to count anew; ``None`` where counting goes on.
        key: by which the editor knows the paragraph again; empty for one that it has not seen.
    """

    kind: Kind
    depth: int = 0
    start: int | None = None
    key: str = ""
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)
