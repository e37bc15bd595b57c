"""``GET export/corpus.tmx`` and ``export/indicators.csv``: what leaves for everybody, as files."""

import zlib
from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.api.v3.api import api

from norrbotten.content.api.parameters import refuse_unknown_parameters
from norrbotten.content.measures import measures_by_type
from norrbotten.delivery.answers import Answer, is_known
from norrbotten.delivery.caching.tags import ALL, CACHE_TAG_HEADER, header_value, list_tags
from norrbotten.delivery.encodings import chosen_encoding
from norrbotten.delivery.endpoints.changes import FRESH
from norrbotten.delivery.endpoints.schemas import LanguageCode, TypeLabel
from norrbotten.delivery.limits import Limit
from norrbotten.delivery.moment import one_moment
from norrbotten.delivery.numbering import the_feed
from norrbotten.export import indicators as measured
from norrbotten.export.corpus import writing as parallel
from norrbotten.export.parallel.reading import state_of_translations
from norrbotten.export.parallel.strings import ParallelQuery, chosen_languages
from norrbotten.languages.registry import SOURCE_LANGUAGE_CODE

router = Router(tags=["export"])

_GZIP: Final = 31
_LEVEL: Final = 6


class CorpusFilters(Schema):
    """Which texts are wanted."""

    locale: list[LanguageCode] = Field(
        default=[],
        description="BCP 47 code of a language beside the source; may be repeated. All without it.",
    )
    type: list[TypeLabel] = Field(default=[], description="Label of a type; may be repeated.")


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
def get_corpus(request: HttpRequest, filters: Query[CorpusFilters]) -> HttpResponseBase:
    """Every text beside its translations, as a translation memory and for research."""
    refuse_unknown_parameters(request, CorpusFilters.model_fields)
    types = tuple(dict.fromkeys(filters.type))
    query = ParallelQuery(chosen_languages(filters.locale), types)
    headers = {"Content-Language": "mul", CACHE_TAG_HEADER: header_value(list_tags(ALL, types))}
    # Whether somebody still has to read a text is in no document.
    return _streamed(
        request, parallel.corpus(query), parallel.CONTENT_TYPE, headers, state_of_translations()
    )


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
    """What is measured, with units and sources: a row for each value, by name and date."""
    refuse_unknown_parameters(request, IndicatorFilters.model_fields)
    headers = {
        "Content-Language": filters.locale,
        CACHE_TAG_HEADER: header_value(list_tags(ALL, list(measures_by_type()))),
    }
    content = measured.indicators(filters.locale)
    return _streamed(request, content, measured.CONTENT_TYPE, headers)


def _streamed(
    request: HttpRequest,
    content: Iterator[bytes],
    content_type: str,
    headers: dict[str, str],
    state: str = "",
) -> HttpResponseBase:
    """A file as it stands at one moment, or that it is still the same.

    Args:
        state: of what else it is made of than documents.
    """
    feed = the_feed()
    # Weak: it may say when it was made. The number of the last change tells whether it is so yet.
    version = f"{feed.identity.hex}-{feed.last_sequence}{state}"
    headers |= {"Cache-Control": FRESH, "Vary": "Accept-Encoding", "ETag": f'W/"{version}"'}
    if is_known(request.headers.get("If-None-Match", ""), version):
        return Answer(304, headers).response()
    whole = _at_one_moment(content)
    if chosen_encoding(request.headers.get("Accept-Encoding", ""), ("gzip",)) == "gzip":
        headers["Content-Encoding"] = "gzip"
        whole = _compressed(whole)
    return StreamingHttpResponse(whole, headers=headers, content_type=content_type)


def _at_one_moment(content: Iterator[bytes]) -> Iterator[bytes]:
    with one_moment():
        yield from content


def _compressed(content: Iterator[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in content:
        if packed := compressor.compress(piece):
            yield packed
    yield compressor.flush()


def add_files() -> None:
    """Adds the addresses to Wagtail's API, before its addresses are taken over by the site."""
    api.add_router("/export/", router)
