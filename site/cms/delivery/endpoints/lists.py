"""Headers of lists of pages that are made for each request."""

import json

from django.http import HttpResponse

from cms.delivery.caching.tags import CACHE_TAG_HEADER, PAGES_TAG
from cms.delivery.models import PublishedDocument


def mark_list(response: HttpResponse) -> None:
    """Names the languages that the documents of the pages in a list are really in."""
    response[CACHE_TAG_HEADER] = PAGES_TAG
    ids = [item["id"] for item in json.loads(response.content)["items"]]
    documents = PublishedDocument.objects.filter(page_id__in=ids).order_by("language")
    if languages := list(documents.values_list("language", flat=True).distinct()):
        response["Content-Language"] = ", ".join(languages)
