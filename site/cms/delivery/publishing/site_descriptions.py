"""Descriptions of sites, read from what is published."""

import json
from functools import cache
from typing import Any
from uuid import UUID

from cms.content.api.delivered_types import delivered_snippets
from cms.delivery.models import Entry
from cms.delivery.publishing.sequence import has_sequence_table


def describe_site(start_page: UUID, code: str) -> dict[str, Any] | None:
    """The document of the settings of the site with a start page, in a language or a fallback."""
    labels = describing_types()
    if not labels or not has_sequence_table():
        return None
    entries = Entry.objects.filter(locale=code, type__in=labels).order_by("key")
    for body in entries.values_list("document__body", flat=True):
        document: dict[str, Any] = json.loads(bytes(body))
        if (document["start_page"] or {}).get("key") == str(start_page):
            return document
    return None


@cache
def describing_types() -> tuple[str, ...]:
    """Labels of the types of snippets that state ``describes_sites``."""
    return tuple(
        model._meta.label
        for model in delivered_snippets()
        if getattr(model, "describes_sites", False)
    )
