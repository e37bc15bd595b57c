"""``GET export/{locale}.ndjson`` and ``export/all.ndjson``: everything in one stream."""

from typing import Any, Literal
from urllib.parse import urljoin

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from cms.common.site_address import site_address
from cms.content.api.parameters import refuse_unknown_parameters
from cms.delivery.caching.tags import ALL, CACHE_TAG_HEADER, header_value, list_tags
from cms.delivery.endpoints.changes import FRESH
from cms.delivery.endpoints.ndjson import ExportQuery, export
from cms.delivery.endpoints.schemas import LANGUAGES_OF_EXPORT, AnyTypeLabel, ExportHeader
from cms.delivery.http.compression import chosen_encoding
from cms.delivery.http.etag import is_known, weak_etag
from cms.delivery.http.rate_limit import Limit
from cms.delivery.http.responses import Answer
from cms.delivery.models import Feed
from cms.delivery.publishing.sequence import current_sequence

router = Router(tags=["export"])

NDJSON = "application/x-ndjson"
LINES: Any = {
    "type": "string",
    "description": "The first line is an `ExportHeader`; each further one is a document.",
    "contentMediaType": "application/json",
    "contentSchema": {"$ref": f"#/components/schemas/{ExportHeader.__name__}"},
}
ExportLocale: Any = Literal[LANGUAGES_OF_EXPORT]


class ExportFilters(Schema):
    """The documents that are wanted."""

    type: list[AnyTypeLabel] = Field(default=[], description="Label of a type; may be repeated.")


def description_address() -> str:
    """The address of the description of all types."""
    return urljoin(site_address(), reverse("wagtailapi_v3:openapi-json"))


def version_of(feed: Feed) -> str:
    """The version of an export: the same as long as nothing has changed."""
    return f"{feed.identity.hex}-{feed.last_sequence}"


@router.get(
    "/{locale}.ndjson",
    response={200: None},
    summary="Export",
    operation_id="export",
    url_name="export",
    throttle=[Limit("export", 60)],
    openapi_extra={
        "responses": {
            200: {
                "description": "Lines of JSON: first a header `{cursor, generated, languages, "
                "schema}`, then one document a line, as it stood when the export began. "
                "`changes/?since=` the header's cursor goes on from there.",
                "content": {NDJSON: {"schema": LINES}},
            }
        }
    },
)
def get_export(
    request: HttpRequest, locale: ExportLocale, filters: Query[ExportFilters]
) -> HttpResponseBase:
    """Every document of a language, or of all with `all`, in one stream."""
    refuse_unknown_parameters(request, ExportFilters.model_fields)
    types = tuple(dict.fromkeys(filters.type))
    # Weak: each says when it was made. The number of the last change tells whether it is so yet.
    version = version_of(current_sequence())
    headers = {
        "Cache-Control": FRESH,
        "Content-Language": "mul" if locale == ALL else locale,
        "Vary": "Accept-Encoding",
        "ETag": weak_etag(version),
        CACHE_TAG_HEADER: header_value(list_tags(locale, types)),
    }
    if is_known(request.headers.get("If-None-Match", ""), version):
        return Answer(304, headers).response()
    encoding = chosen_encoding(request.headers.get("Accept-Encoding", ""), ("gzip",))
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    query = ExportQuery(None if locale == ALL else locale, description_address(), types)
    lines = export(query, compressed=encoding == "gzip")
    return StreamingHttpResponse(lines, headers=headers, content_type=NDJSON)
