"""``GET /api/dcat.rdf``: the DCAT record, for Sweden's data portal and whoever else collects them.

Under ``/api/``, where an answer is the same for everybody, whichever language their browser speaks.
"""

import hashlib
from typing import Final
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.log import log_response
from django.views.decorators.http import require_safe
from rdflib import Graph
from wagtail.api.v3.errors import problem_response

from cms.common.site_address import site_address
from cms.delivery.caching.tags import ALL, CACHE_TAG_HEADER, header_value, list_tags
from cms.delivery.http.etag import is_known, weak_etag
from cms.delivery.http.responses import CACHE_CONTROL
from cms.export.models import OpenData
from cms.export.open_data.dcat.building import DESCRIBED_IN, DataCatalog, DownloadAddresses
from cms.export.open_data.dcat.facts import facts

CONTENT_TYPE: Final = "application/rdf+xml"


@require_safe
def catalog(request: HttpRequest) -> HttpResponse:
    """The DCAT record as RDF/XML, or what is missing before there is one."""
    open_data = OpenData.load()
    if missing := open_data.missing():
        return _not_yet(request, missing)
    graph = DataCatalog(open_data, facts(), addresses()).build()
    digest = digest_of(graph)
    response = (
        HttpResponse(status=304)
        if is_known(request.headers.get("If-None-Match", ""), digest)
        else HttpResponse(graph.serialize(format="pretty-xml"), content_type=CONTENT_TYPE)
    )
    # Weak: the same may be written in another order.
    response["ETag"] = weak_etag(digest)
    response["Cache-Control"] = CACHE_CONTROL
    response["Content-Language"] = ", ".join(DESCRIBED_IN)
    response[CACHE_TAG_HEADER] = header_value(list_tags(ALL))
    return response


def _not_yet(request: HttpRequest, missing: list[str]) -> HttpResponse:
    """Says what is missing.

    Not 404: a portal that knows the record shall keep it until it is complete again.
    """
    detail = (
        "There is no catalogue until somebody has filled in, under Settings → Open data "
        f"in the admin: {', '.join(missing)}."
    )
    problem: HttpResponse = problem_response(status=503, detail=detail)
    problem["Retry-After"] = "86400"
    # Nothing has failed: Django would log an error each time, as of any 503 that nobody has logged.
    log_response("%s: %s", request.path, detail, response=problem, request=request, level="warning")
    return problem


def addresses() -> DownloadAddresses:
    """The addresses of what is announced: on this site, but for the bundle."""
    return DownloadAddresses(
        catalog=_absolute(reverse("open_data_catalogue")),
        site=_absolute("/"),
        api=_absolute(reverse("wagtailapi_v3:api-root")),
        description=_absolute(reverse("wagtailapi_v3:openapi-json")),
        documentation=_absolute(reverse("wagtailapi_v3:openapi-view")),
        lines=_absolute(reverse("wagtailapi_v3:export", kwargs={"locale": ALL})),
        corpus=_absolute(reverse("wagtailapi_v3:export_corpus")),
        indicators=_absolute(reverse("wagtailapi_v3:export_indicators")),
        bundle=_absolute(settings.BUNDLE_URL) if settings.BUNDLE_URL else "",
    )


def _absolute(path: str) -> str:
    return urljoin(site_address(), path)


def digest_of(graph: Graph) -> str:
    """The digest of a graph, whatever the order of its facts; all of its nodes have names."""
    lines = sorted(" ".join(part.n3() for part in triple) for triple in graph)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
