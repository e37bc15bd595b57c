"""``GET export/corpus.tmx`` and ``export/indicators.csv``: what leaves for everybody, as files."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.api.v3.api import api

from cms.common.file_cache import compressed, decompressed, kept_compressed
from cms.content.api.parameters import refuse_unknown_parameters
from cms.content.measures import aims_by_type, measures_by_type
from cms.delivery.caching.tags import ALL, CACHE_TAG_HEADER, header_value, list_tags
from cms.delivery.endpoints.changes import FRESH
from cms.delivery.endpoints.schemas import LanguageCode
from cms.delivery.http.compression import chosen_encoding
from cms.delivery.http.etag import is_known, weak_etag
from cms.delivery.http.rate_limit import Limit
from cms.delivery.http.responses import Answer
from cms.delivery.publishing.read_snapshot import read_snapshot
from cms.delivery.publishing.sequence import current_sequence
from cms.exchange.parallel_texts.reading import state_of_translations
from cms.exchange.parallel_texts.strings import TARGET_LANGUAGES, ParallelQuery
from cms.exchange.parallel_texts.tmx import writing as parallel
from cms.export.open_data import indicators as measured
from cms.languages.registry import SOURCE_LANGUAGE_CODE

router = Router(tags=["export"])


class IndicatorFilters(Schema):
    """In which language names, units and sources are wanted."""

    locale: LanguageCode = Field(
        default=SOURCE_LANGUAGE_CODE,
        description="BCP 47 code; an indicator that is not in it comes in its first fallback.",
    )
    decimal: measured.Decimal = Field(
        default="point",
        description="The sign before decimals. With `comma`, as spreadsheets in Swedish, Finnish "
        "and most other languages want it, columns are parted by semicolons.",
    )


def _answer_of(description: str, content_type: str) -> dict[str, Any]:
    content = {content_type: {"schema": {"type": "string", "description": description}}}
    return {"responses": {200: {"description": description, "content": content}}}


@router.get(
    "/corpus.tmx",
    response={200: None},
    summary="Parallel corpus",
    operation_id="export_corpus",
    url_name="export_corpus",
    throttle=[Limit("corpus", 20)],
    openapi_extra=_answer_of(
        "TMX 1.4b: every text that is published and up to date, with its translations, the page "
        "that it is of, and the day of its last change.",
        parallel.CONTENT_TYPE,
    ),
)
def get_corpus(request: HttpRequest) -> HttpResponseBase:
    """Every text beside its translations, as a translation memory and for research."""
    refuse_unknown_parameters(request)
    # Whether somebody still has to read a text is in no document.
    version = f"{_version()}{state_of_translations()}"
    headers = {"Content-Language": "mul", CACHE_TAG_HEADER: header_value(list_tags(ALL))}
    content = _at_one_moment(parallel.corpus(ParallelQuery(TARGET_LANGUAGES)))
    packed = kept_compressed("corpus.tmx", f"{version}-{parallel.FORMAT}", content)
    return _streamed(request, packed, parallel.CONTENT_TYPE, headers, version)


@router.get(
    "/indicators.csv",
    response={200: None},
    summary="Indicators",
    operation_id="export_indicators",
    url_name="export_indicators",
    throttle=[Limit("export", 60)],
    openapi_extra=_answer_of(
        "CSV in UTF-8 with a byte order mark (RFC 4180), a row for each value: "
        f"{', '.join(measured.COLUMNS)}.",
        "text/csv",
    ),
)
def get_indicators(request: HttpRequest, filters: Query[IndicatorFilters]) -> HttpResponseBase:
    """What is measured, and goals' baselines and targets, with units and sources.

    A row for each value, by name; first what was measured, by date, then goal by goal.
    """
    refuse_unknown_parameters(request, IndicatorFilters.model_fields)
    headers = {
        "Content-Language": filters.locale,
        CACHE_TAG_HEADER: header_value(list_tags(ALL, [*measures_by_type(), *aims_by_type()])),
    }
    content = compressed(
        _at_one_moment(measured.indicators(filters.locale, decimal=filters.decimal))
    )
    return _streamed(request, content, measured.CONTENT_TYPE, headers, _version())


def _version() -> str:
    """The number of the last change; another whenever a document may be another."""
    feed = current_sequence()
    return f"{feed.identity.hex}-{feed.last_sequence}"


def _at_one_moment(content: Iterator[bytes]) -> Iterator[bytes]:
    with read_snapshot():
        yield from content


def _streamed(
    request: HttpRequest,
    packed: Iterator[bytes],
    content_type: str,
    headers: dict[str, str],
    version: str,
) -> HttpResponseBase:
    """A file, or a 304 where it is still the same.

    Args:
        packed: the file as a gzip stream.
    """
    # Weak: it may say when it was made.
    headers |= {"Cache-Control": FRESH, "Vary": "Accept-Encoding", "ETag": weak_etag(version)}
    if is_known(request.headers.get("If-None-Match", ""), version):
        return Answer(304, headers).response()
    if chosen_encoding(request.headers.get("Accept-Encoding", ""), ("gzip",)) == "gzip":
        headers["Content-Encoding"] = "gzip"
        return StreamingHttpResponse(packed, headers=headers, content_type=content_type)
    whole = decompressed(packed)
    return StreamingHttpResponse(whole, headers=headers, content_type=content_type)


def add_files() -> None:
    """Adds the addresses to Wagtail's API, before its addresses are taken over by the site."""
    api.add_router("/export/", router)
