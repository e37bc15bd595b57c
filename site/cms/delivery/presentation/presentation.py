"""Presentation: some members of a document alone, or its rich text as Markdown.

Made of the stored document; nothing is rendered, and the database is asked for no more.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from cms.content.api.json_text import as_json
from cms.delivery.presentation.rich_text_places import with_markdown

ALWAYS: Final = ("key", "type", "language")
"""Members that are given whatever is asked for."""

RichTextForm = Literal["html", "markdown"]


@dataclass(frozen=True, slots=True)
class Presentation:
    """The wanted members and form of documents.

    Attributes:
        members: names of members at the top; empty for all.
    """

    members: frozenset[str] = frozenset()
    rich_text: RichTextForm = "html"

    @property
    def is_as_stored(self) -> bool:
        """Tells whether documents are given as they are stored."""
        return not self.members and self.rich_text == "html"

    @property
    def name(self) -> str:
        """A text that tells it from every other."""
        return f"{self.rich_text} {','.join(sorted(self.members))}"

    def of(self, body: bytes) -> bytes:
        """A stored document in this form, as JSON."""
        document: dict[str, Any] = json.loads(body)
        label: str = document["meta"]["type"]
        if self.members:
            document = self._chosen({"type": label} | document)
        if self.rich_text == "markdown":
            document = with_markdown(label, document)
        return as_json(document)

    def _chosen(self, document: dict[str, Any]) -> dict[str, Any]:
        names = self.members.union(ALWAYS)
        chosen = {name: value for name, value in document.items() if name in names}
        if "languages" in chosen:
            chosen["languages"] = {
                pointer: code
                for pointer, code in chosen["languages"].items()
                if pointer.split("/", 2)[1] in names
            }
        return chosen


AS_STORED: Final = Presentation()
