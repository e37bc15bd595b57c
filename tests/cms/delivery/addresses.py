"""Every address of the API that can be read, for all that there is in the database."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from wagtail.api.v3.api import api
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Revision, Site

from cms.content.models import ContentDocument, ContentImage
from cms.delivery.models import PublishedDocument
from tests.factories.site import PAGE_TYPES, SNIPPET_TYPES

LABELS = [model._meta.label for model in (*PAGE_TYPES, *SNIPPET_TYPES)]
SNIPPET_LABELS = [model._meta.label for model in SNIPPET_TYPES]
VIEWS_OF_A_PAGE = ({}, {"version": "draft"}, {"rich_text_format": "markdown"})


def identities(model: type[Model]) -> list[Any]:
    """Primary keys of all objects, hidden ones too."""
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def readable_paths() -> list[str]:
    """The paths of the typed API that answer GET, with their parameters in braces."""
    schema = api.get_openapi_schema()
    return [path for path, operations in schema["paths"].items() if "get" in operations]


def path_values(path: str, name: str) -> list[Any]:
    """The values of a path's parameters; a new parameter fails here until a test knows it."""
    values: dict[str, list[Any]] = {
        "page_id": identities(Page),
        "type_name": LABELS,
        "type": SNIPPET_LABELS,
        "pk": sorted({pk for model in SNIPPET_TYPES for pk in identities(model)}),
        "image_id": identities(ContentImage),
        "document_id": identities(ContentDocument),
        "site_id": identities(Site),
        "locale_id": identities(Locale),
        "redirect_id": identities(Redirect),
        "locale": [*Locale.objects.values_list("language_code", flat=True)],
        "key": sorted(map(str, PublishedDocument.objects.values_list("key", flat=True))),
        "revision_id": [identities(Revision)[-1]] if identities(Revision) else [1],
    }
    return values[name]


def typed_addresses() -> Iterator[str]:
    """Of API v3, walked along its own description."""
    for path in readable_paths():
        names = re.findall(r"{(\w+)}", path)
        for chosen in product(*(path_values(path, name) for name in names)):
            address = path
            for name, value in zip(names, chosen, strict=True):
                address = address.replace(f"{{{name}}}", str(value))
            if path.endswith("/entries/{locale}/find/"):
                paths = PublishedDocument.objects.exclude(path=None).values_list("path", flat=True)
                yield from (with_query(address, {"path": each}) for each in paths)
            elif path.endswith("/pages/{page_id}/"):
                yield from (with_query(address, query) for query in VIEWS_OF_A_PAGE)
            else:
                yield address


def stable_addresses() -> Iterator[str]:
    """Of API v2."""
    for kind, model in (("pages", Page), ("images", ContentImage), ("documents", ContentDocument)):
        yield with_query(f"/api/v2/{kind}/", {"fields": "*", "limit": 100})
        for identity in identities(model):
            yield f"/api/v2/{kind}/{identity}/"
            yield with_query(f"/api/v2/{kind}/find/", {"id": identity})


def searching_addresses(words: list[str], pages: list[Any]) -> Iterator[str]:
    """Lists narrowed to ``words`` and to what stands around ``pages``."""
    for version, kind in product(("v2", "v3"), ("pages", "images", "documents")):
        listed = f"/api/{version}/{kind}/"
        yield with_query(listed, {"limit": 100})
        for word in words:
            yield with_query(listed, {"search": word})
    for label in (model._meta.label for model in PAGE_TYPES):
        yield with_query("/api/v2/pages/", {"type": label, "fields": "*", "limit": 100})
        yield with_query("/api/v3/pages/", {"type": label, "search": words[0]})
    for page in pages:
        for relation in ("ancestor_of", "child_of", "descendant_of", "translation_of"):
            yield with_query("/api/v2/pages/", {relation: page.pk, "fields": "*"})
            yield with_query("/api/v3/pages/", {relation: page.pk})
        yield with_query("/api/v3/stories/", {"locale": "sv", "area": page.translation_key})
        for version in ("v2", "v3"):
            find = f"/api/{version}/pages/find/"
            yield with_query(find, {"id": page.pk})
            yield with_query(find, {"html_path": page.url or page.url_path})
    for word in words:
        yield with_query("/api/v3/entries/sv/", {"search": word, "limit": 100})
    yield from ("/api/v3/export/all.ndjson", with_query("/api/v3/changes/", {"limit": 1000}))
    for locale in Locale.objects.all():
        yield with_query(f"/api/v3/entries/{locale.language_code}/", {"limit": 100})
        yield with_query("/api/v3/pages/", {"locale": locale.language_code, "limit": 100})
        yield with_query("/api/v3/stories/", {"locale": locale.language_code, "limit": 100})
        yield with_query("/api/v2/pages/", {"locale": locale.language_code, "fields": "*"})
    for redirect in Redirect.objects.all():
        yield with_query("/api/v3/redirects/find/", {"html_path": redirect.old_path})


def with_query(address: str, query: dict[str, Any]) -> str:
    """An address with its query."""
    return f"{address}?{urlencode(query)}" if query else address
