"""Published documents for pages of many: see ``cms.content.reader.published_entries``."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cms.delivery.http.document_queries import chain
from cms.delivery.models import Entry, PublishedDocument
from cms.reader.site_tree import encoded, site_tree


class StoredEntries:
    """Answers from what is stored, with one query or two, however much there is."""

    def find(self, path: str, code: str, start_page: UUID) -> dict[str, Any] | None:
        """The document that stands in a language for the page at a path."""
        rest = path.removeprefix(f"/{code}/")
        asked = [encoded(f"/{each}/{rest}") for each in chain(code)]
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
        found = map(_read, ordered.values_list("document__body", flat=True))
        pages = site_tree(code).by_key
        # A page that stands in for another is found under the language that is read.
        return [
            one | {"path": pages[one["key"]].address} if one["key"] in pages else one
            for one in found
        ]


def _read(body: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(bytes(body))
    return document
