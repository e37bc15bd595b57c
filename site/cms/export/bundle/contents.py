"""The published documents of each language, in an order that does not change: by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet

from cms.common.keyset_pages import keyset_rows
from cms.content.api.json_text import as_json
from cms.delivery.models import DocumentToken, PublishedDocument, Removal
from cms.languages.registry import NO_LANGUAGE

AT_A_TIME = 500

WITHOUT_LANGUAGE: Final = "without-language"
"""Name of the file of documents that have no language."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of the published content.

    Attributes:
        locales: codes of languages; empty for all.
        types: labels of types; empty for all.
        after: number of a change: only what has changed since; 0 for everything.
    """

    locales: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    after: int = 0

    @property
    def is_everything(self) -> bool:
        """Tells whether nothing is left out."""
        return not self.locales and not self.types


def chosen_documents(selection: Selection) -> QuerySet[PublishedDocument]:
    """The documents that are wanted: those that lists and the change feed have."""
    return _chosen(PublishedDocument.objects.filter(listed=True), selection)


def _chosen(rows: QuerySet[Any], selection: Selection) -> QuerySet[Any]:
    if selection.locales:
        # What has no language is of every language.
        rows = rows.filter(locale__in=[*selection.locales, NO_LANGUAGE])
    if selection.types:
        rows = rows.filter(type__in=selection.types)
    return rows.filter(sequence__gt=selection.after) if selection.after else rows


def counts(selection: Selection) -> dict[str, int]:
    """The number of documents in each language that has any, and of those without one."""
    rows = chosen_documents(selection).order_by().values_list("locale").annotate(Count("pk"))
    return dict(rows)


def types(selection: Selection) -> dict[str, int]:
    """The number of documents of each type, by its label."""
    rows = chosen_documents(selection).order_by("type").values_list("type").annotate(Count("pk"))
    return dict(rows)


def content_file(locale: str) -> str:
    """The name of the file of a language, or of what has none."""
    return f"content/{locale or WITHOUT_LANGUAGE}.ndjson"


def lines(selection: Selection, locale: str) -> Iterator[bytes]:
    """The documents of a language, a line each, some hundred at a time.

    Each piece is asked for by the key where the one before ended: SQLite and PostgreSQL alike keep
    nothing open, and memory does not grow with the content.
    """
    documents = chosen_documents(selection).filter(locale=locale)
    for found in keyset_rows(documents, "key", "body", size=AT_A_TIME):
        yield b"".join(part for _key, body in found for part in (bytes(body), b"\n"))


def removed(selection: Selection) -> Iterator[bytes]:
    """Writes removals since a change, a line each: ``{key, locale, type}``, by language and key."""
    gone = _chosen(Removal.objects.order_by("locale", "key"), selection)
    for key, locale, label in gone.values_list("key", "locale", "type").iterator():
        yield as_json({"key": key, "locale": locale or None, "type": label}) + b"\n"


def shown_files(selection: Selection, kind: str) -> list[int]:
    """Ids of the images (``image``) or files (``file``) that documents show, in order."""
    tokens = DocumentToken.objects.filter(
        document__in=chosen_documents(selection), token__startswith=f"{kind}:"
    )
    found = tokens.order_by().values_list("token", flat=True).distinct()
    return sorted(int(token.partition(":")[2]) for token in found)
