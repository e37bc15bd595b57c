"""Headers of lists of pages that are made for each request."""

import json
from functools import cache
from typing import Any, Final, cast

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from wagtail.models import get_page_models

from cms.delivery.caching.tags import CACHE_TAG_HEADER, PAGES_TAG
from cms.delivery.models import PublishedDocument

_JSON: Final = "application/json"


def mark_list(response: HttpResponse) -> None:
    """Names the languages that the documents of the pages in a list are really in."""
    response[CACHE_TAG_HEADER] = PAGES_TAG
    ids = [item["id"] for item in _items(response) or () if "id" in item]
    documents = PublishedDocument.objects.filter(page_id__in=ids).order_by("language")
    if languages := list(documents.values_list("language", flat=True).distinct()):
        response["Content-Language"] = ", ".join(languages)


def lists_pages(response: HttpResponseBase) -> bool:
    """Return whether an answer lists pages and nothing else, whatever its address is called.

    One that lists nothing now may list pages later.
    """
    if response.streaming or not response.headers.get("Content-Type", "").startswith(_JSON):
        return False
    items = _items(cast("HttpResponse", response))
    return items is not None and all(_type_of(item) in _page_types() for item in items)


def _items(response: HttpResponse) -> list[dict[str, Any]] | None:
    said = json.loads(response.content)
    items = said.get("items") if isinstance(said, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    return items


def _type_of(item: dict[str, Any]) -> str | None:
    meta = item.get("meta")
    return meta.get("type") if isinstance(meta, dict) else None


@cache
def _page_types() -> frozenset[str]:
    return frozenset(model._meta.label for model in get_page_models())
