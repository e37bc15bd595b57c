"""Published documents for pages of many: see ``cms.content.reader.published_entries``."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from cms.delivery.http.document_queries import PLAIN_IN_PATHS, chain
from cms.delivery.models import Entry, PublishedDocument


class StoredEntries:
    """Answers from what is stored, with one query or two, however much there is."""

    def find(self, path: str, code: str, start_page: UUID) -> dict[str, Any] | None:
        """The document that stands in a language for the page at a path."""
        rest = path.removeprefix(f"/{code}/")
        asked = [quote(unquote(f"/{each}/{rest}"), safe=PLAIN_IN_PATHS) for each in chain(code)]
        found = dict(
            PublishedDocument.objects.filter(
                path__in=asked,
                page_id__isnull=False,
                tokens__token=f"under:{start_page}",
            ).values_list("path", "key")
        )
        key = next((found[each] for each in asked if each in found), None)
        if key is None:
            return None
        entries = Entry.objects.filter(key=key, locale=code)
        bodies = entries.values_list("document__body", flat=True)
        return next((_read(body) for body in bodies), None)

    def below(self, page: UUID, code: str, types: Sequence[str]) -> list[dict[str, Any]]:
        """The documents that stand in a language for the pages below one, in the editors' order."""
        entries = Entry.objects.filter(
            locale=code, type__in=types, document__tokens__token=f"under:{page}"
        )
        ordered = entries.order_by("document__position", "key")
        return [_read(body) for body in ordered.values_list("document__body", flat=True)]


def _read(body: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(bytes(body))
    return document
