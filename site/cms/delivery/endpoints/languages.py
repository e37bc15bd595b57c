"""``GET languages/``: which languages there are, and how much is live in each."""

from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field
from wagtail.api.v3.querysets import get_pages_queryset

from cms.content.api.parameters import refuse_unknown_parameters
from cms.delivery.caching.tags import CACHE_TAG_HEADER, LANGUAGES_TAG
from cms.languages.registry import (
    LANGUAGES,
    SOURCE_LANGUAGE_CODE,
    Language,
    TextDirection,
    fallback_chain,
)
from cms.translation.models import LanguageTexts
from cms.translation.status.overview import Figures, page_figures

router = Router(tags=["languages"])


class LanguageItem(Schema):
    """A language of the site."""

    code: str = Field(description="BCP 47 code.", examples=["smj"])
    name: str = Field(description="Its name in itself.", examples=["julevsámegiella"])
    english_name: str = Field(description="Its name in English.", examples=["Lule Sámi"])
    direction: TextDirection = Field(description="The direction of its script.", examples=["ltr"])
    fallbacks: list[str] = Field(
        description="Codes of the languages to offer where a text is missing, best first.",
        examples=[["sv"]],
    )
    is_source: bool = Field(
        description="Whether content is written in it and translated from it.", examples=[False]
    )
    pages: int = Field(
        description="Number of live, public pages in this language; pages that show another "
        "language's text alone, as aliases do, are not counted.",
        examples=[41],
    )
    complete: int = Field(
        description="Of the public pages of the source language: the number of those that are live "
        "in this language, whole and up to date.",
        examples=[28],
    )
    partial: int = Field(
        description="Number of those that are live with some text in the source language.",
        examples=[9],
    )
    outdated: int = Field(
        description="Number of those that are live and whose source has changed since.",
        examples=[4],
    )
    missing: int = Field(
        description="Number of those that are not live in this language.", examples=[21]
    )
    coverage: float = Field(
        description="The share of the source's words that are translated, up to date and live, "
        "0–1.",
        ge=0,
        le=1,
        examples=[0.4217],
    )


class LanguageList(Schema):
    """All languages, the source language first."""

    count: int = Field(description="Number of languages.", examples=[9])
    items: list[LanguageItem] = Field(description="Each language with how much is live in it.")


@router.get(
    "/",
    response=LanguageList,
    summary="List languages",
    operation_id="languages_list",
    url_name="list_languages",
)
def list_languages(request: HttpRequest, response: HttpResponse) -> LanguageList:
    """The registered languages, announced whether or not they have pages yet."""
    refuse_unknown_parameters(request)
    response[CACHE_TAG_HEADER] = LANGUAGES_TAG
    public = get_pages_queryset(request).order_by().filter(alias_of__isnull=True)
    pages = dict(
        public.filter(~Exists(_UNTRANSLATED))
        .values("locale__language_code")
        .annotate(live=Count("pk"))
        .values_list("locale__language_code", "live")
    )
    figures = page_figures(
        public.filter(locale__language_code=SOURCE_LANGUAGE_CODE).values("translation_key")
    )
    items = [
        LanguageItem(
            code=language.code,
            name=language.name,
            english_name=language.english_name,
            direction=language.direction,
            fallbacks=list(fallback_chain(language.code)),
            is_source=language.is_source,
            pages=pages.get(language.code, 0),
            **_counts(language, figures, pages),
        )
        for language in LANGUAGES.values()
    ]
    return LanguageList(count=len(items), items=items)


_UNTRANSLATED = LanguageTexts.objects.filter(
    key=OuterRef("translation_key"), locale=OuterRef("locale"), is_translation=False
)
"""Of a page: that nobody has translated any of it."""


def _counts(
    language: Language, figures: dict[str, Figures], pages: dict[str, int]
) -> dict[str, Any]:
    if language.is_source:
        return {
            "complete": pages.get(language.code, 0),
            "partial": 0,
            "outdated": 0,
            "missing": 0,
            "coverage": 1.0,
        }
    found = figures.get(language.code, Figures())
    return {
        "complete": found.complete,
        "partial": found.partial,
        "outdated": found.outdated,
        "missing": found.missing + found.draft,
        "coverage": found.coverage,
    }
