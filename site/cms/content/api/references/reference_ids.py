"""The ids to which a document refers."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Model
from wagtail.models import Page

from cms.content.models import ContentDocument, ContentImage


@dataclass
class Wanted:
    """Primary keys of what one or several documents point to, gathered before any is fetched."""

    pages: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    snippets: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))

    def update(self, other: "Wanted") -> None:
        """Asks for all that another asks for too."""
        self.pages |= other.pages
        self.images |= other.images
        self.documents |= other.documents
        for model, identities in other.snippets.items():
            self.snippets[model] |= identities

    def add(self, model: type[Model], primary_key: int | str | None) -> None:
        """Asks for one object; ``None`` and what is not a number are nothing to ask for."""
        try:
            identity = int(primary_key)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return
        if issubclass(model, Page):
            self.pages.add(identity)
        elif issubclass(model, ContentImage):
            self.images.add(identity)
        elif issubclass(model, ContentDocument):
            self.documents.add(identity)
        else:
            self.snippets[model].add(identity)
