"""``GET languages/``: which languages there are, and how much is live in each."""

from django.db.models import Count
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field
from wagtail.api.v3.querysets import get_pages_queryset

from norrbotten.content.api.parameters import refuse_unknown_parameters
from norrbotten.languages.registry import LANGUAGES, TextDirection, fallback_chain

router = Router(tags=["languages"])


class LanguageItem(Schema):
    """A language of the site."""

    code: str = Field(description="BCP 47 code.", examples=["smj"])
    name: str = Field(description="Its name in itself.", examples=["julevsámegiella"])
    english_name: str = Field(examples=["Lule Sámi"])
    direction: TextDirection = Field(description="The direction of its script.")
    fallbacks: list[str] = Field(
        description="Codes of the languages to offer where a text is missing, best first."
    )
    is_source: bool = Field(description="Whether content is written in it and translated from it.")
    pages: int = Field(
        description="Live, public pages in this language; aliases, which show another "
        "language's text, are not counted."
    )


class LanguageList(Schema):
    """All languages, the source language first."""

    count: int
    items: list[LanguageItem]


@router.get(
    "/",
    response=LanguageList,
    summary="List languages",
    operation_id="languages_list",
    url_name="list_languages",
)
def list_languages(request: HttpRequest) -> LanguageList:
    """The registered languages, announced whether or not they have pages yet."""
    refuse_unknown_parameters(request)
    public = get_pages_queryset(request).order_by().filter(alias_of__isnull=True)
    pages = dict(
        public.values("locale__language_code")
        .annotate(live=Count("pk"))
        .values_list("locale__language_code", "live")
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
        )
        for language in LANGUAGES.values()
    ]
    return LanguageList(count=len(items), items=items)
