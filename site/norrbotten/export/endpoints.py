"""``GET export/corpus.tmx`` and ``export/indicators.csv``: what leaves for everybody, as files."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.api.v3.api import api

from norrbotten.content.api.parameters import refuse_unknown_parameters
from norrbotten.content.measures import aims_by_type, measures_by_type
from norrbotten.delivery.answers import Answer, is_known
from norrbotten.delivery.caching.tags import ALL, CACHE_TAG_HEADER, header_value, list_tags
from norrbotten.delivery.encodings import chosen_encoding
from norrbotten.delivery.endpoints.changes import FRESH
from norrbotten.delivery.endpoints.schemas import LanguageCode
from norrbotten.delivery.limits import Limit
from norrbotten.delivery.moment import one_moment
from norrbotten.delivery.numbering import the_feed
from norrbotten.export import indicators as measured
from norrbotten.export.corpus import writing as parallel
from norrbotten.export.kept import compressed, decompressed, kept_compressed
from norrbotten.export.parallel.reading import state_of_translations
from norrbotten.export.parallel.strings import TARGET_LANGUAGES, ParallelQuery
from norrbotten.languages.registry import SOURCE_LANGUAGE_CODE

router = Router(tags=["export"])


class IndicatorFilters(Schema):
    """In which language names, units and sources are wanted."""

    locale: LanguageCode = Field(
        default=SOURCE_LANGUAGE_CODE,
        description="BCP 47 code; an indicator that is not in it comes in its first fallback.",
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
        f"CSV in UTF-8 (RFC 4180), a row for each value: {', '.join(measured.COLUMNS)}.",
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
    content = compressed(_at_one_moment(measured.indicators(filters.locale)))
    return _streamed(request, content, measured.CONTENT_TYPE, headers, _version())


def _version() -> str:
    """The number of the last change; another whenever a document may be another."""
    feed = the_feed()
    return f"{feed.identity.hex}-{feed.last_sequence}"


def _at_one_moment(content: Iterator[bytes]) -> Iterator[bytes]:
    with one_moment():
        yield from content


def _streamed(
    request: HttpRequest,
    packed: Iterator[bytes],
    content_type: str,
    headers: dict[str, str],
    version: str,
) -> HttpResponseBase:
    """A file, or that it is still the same.

    Args:
        packed: the file as a gzip stream.
    """
    # Weak: it may say when it was made.
    headers |= {"Cache-Control": FRESH, "Vary": "Accept-Encoding", "ETag": f'W/"{version}"'}
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
