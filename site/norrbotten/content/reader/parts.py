"""A document as its template sees it: every part knows its language and what defines it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from norrbotten.content.reader import definitions
from norrbotten.content.reader.definitions import Definition


@dataclass(frozen=True)
class Part:
    """A value somewhere in a document.

    In a template ``{{ document.lead }}`` shows it as HTML that says its language where that is not
    the document's; the filters ``plain`` and ``marks`` give the two halves of that apart.

    Attributes:
        data: the JSON value.
        definition: the model, field or block that defines it, or ``None``.
        pointer: its JSON Pointer in the document.
        text_language: BCP 47 code of the language that its text is really in, ``mul`` for
            several, empty where nobody knows.
        document_language: the language of the document that it is in.
        languages: the parts of the document in another language, by JSON Pointer.
    """

    data: Any
    definition: Definition
    pointer: str
    text_language: str
    document_language: str
    languages: Mapping[str, str]

    def __getitem__(self, name: str) -> "Part":
        """A member; an empty part where there is none, so that nothing empty breaks a page."""
        data = self.data.get(name) if isinstance(self.data, Mapping) else None
        return self._below(name, data, definitions.member(self.definition, name))

    def __len__(self) -> int:
        return len(self.data or ())

    def __iter__(self) -> Iterator["Part"]:
        definition = definitions.item(self.definition)
        for position, value in enumerate(self.data or ()):
            yield self._below(str(position), value, definition)

    def __bool__(self) -> bool:
        """Whether there is anything to show; for a yes or no, whether it is yes."""
        if isinstance(self.data, bool):
            return self.data
        return self.data is not None and self.data not in ("", [], {})

    def __str__(self) -> str:
        # Its parts are read while markup is imported.
        from norrbotten.content.reader.markup import markup

        return markup(self)

    def blocks(self) -> Iterator["Part"]:
        """The values of a stream's blocks; the definition of each is its block."""
        known = definitions.stream_blocks(self.definition)
        for position, block in enumerate(self.data or ()):
            yield self._below(f"{position}/value", block["value"], known[block["type"]])

    def _below(self, step: str, data: Any, definition: Definition) -> "Part":
        pointer = f"{self.pointer}/{step}"
        language = self.languages.get(pointer) or _own_language(data) or self.text_language
        return Part(data, definition, pointer, language, self.document_language, self.languages)


def read_document(document: dict[str, Any], model: type[Any]) -> Part:
    """A page's document, as the API gives it, ready to be shown."""
    language = document["language"]
    return Part(document, model, "", language, language, document["languages"])


def read_links(links: list[dict[str, Any]], document_language: str) -> Part:
    """Pages that a document leads to without holding them: ``[{title, path, language}]``."""
    return Part(links, None, "", document_language, document_language, {})


def _own_language(data: Any) -> str | None:
    """A related page or snippet says itself which language it is in."""
    return data.get("language") if isinstance(data, Mapping) else None
