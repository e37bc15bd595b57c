"""A change, as listeners within the site are told of it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.dispatch import Signal

Operation = Literal["publish", "remove"]


@dataclass(frozen=True, slots=True)
class Change:
    """A document that was published anew or removed.

    Attributes:
        document_id: id of the ``PublishedDocument``; ``None`` once it is removed.
        digest: of the new document; ``None`` for a removal.
        listed: whether the change feed has it.
        summary_changed: whether others show it otherwise than before, such as by another title.
        title: what it is called; empty for a removal.
        text: all else that it says in words, as plain text, a line each; empty for a removal.
        other_languages: the parts of ``text`` in another language than the document's: from, to
            (characters), code.
    """

    operation: Operation
    key: UUID
    locale: str
    object_id: int
    type: str
    path: str | None
    sequence: int
    digest: str | None
    document_id: int | None
    listed: bool
    summary_changed: bool = True
    title: str = ""
    text: str = ""
    other_languages: tuple[tuple[int, int, str], ...] = ()


documents_changed = Signal()
"""Sent within the transaction that changes documents, with ``changes``: a list of ``Change``."""

documents_rebuilt = Signal()
"""Sent for what a rebuild has rendered, changed or not, with ``changes`` of the same form.

For who derives something from documents, such as the words by which they are found. Nobody outside
is told: to others nothing has changed.
"""
