"""``GET /api/v3/stories/``: the stories of a language, newest first.

Wagtail's own list of pages gives titles, and cannot narrow stories to an area, since the areas of a
story are rows of their own.
"""

from typing import Any, Literal
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field
from wagtail.api.querysets import get_public_pages_queryset
from wagtail.api.v3.api import api
from wagtail.api.v3.registry import registry

from cms.content.api.parameters import refusal, refuse_unknown_parameters
from cms.content.api.references.preparation import prepare
from cms.content.visibility import public_pages
from cms.languages.registry import LANGUAGES
from strategy.fields import FIRST_YEAR, LAST_YEAR
from strategy.models import Municipality, StoryPage

router = Router(tags=["stories"])

LARGEST_NUMBER = 2**63 - 1
"""What both databases can hold."""

_story: Any = registry.get(StoryPage._meta.label)
StoryDocument: Any = _story.read_schema


class StoryFilters(Schema):
    """Which stories are wanted."""

    locale: Literal[tuple(LANGUAGES)] = Field(  # type: ignore[valid-type]
        description="BCP 47 code."
    )
    year: int | None = Field(
        default=None, ge=FIRST_YEAR, le=LAST_YEAR, description="When the support was decided."
    )
    municipality: str | None = Field(
        default=None, description="Code of a municipality, such as 2580."
    )
    area: UUID | None = Field(
        default=None, description="Key of a development area or goal to which the story belongs."
    )
    kind: Literal[tuple(StoryPage.Kind.values)] | None = None  # type: ignore[valid-type]
    limit: int = Field(default=20, ge=1, le=100)
    offset: int = Field(default=0, ge=0, le=LARGEST_NUMBER)


class StoryList(Schema):
    """Stories that are live in a language, by year and then by first publication, newest first."""

    count: int = Field(
        description="Number of stories on all pages of this list together.", examples=[12]
    )
    items: list[StoryDocument] = Field(description="Whole documents, at most `limit` of them.")


@router.get(
    "/",
    response=StoryList,
    summary="List stories",
    operation_id="stories_list",
    url_name="list_stories",
)
def list_stories(request: HttpRequest, filters: Query[StoryFilters]) -> dict[str, Any]:
    """Whole documents. An alias, which shows another language's text, is not listed."""
    refuse_unknown_parameters(request, StoryFilters.model_fields)
    stories = _chosen(get_public_pages_queryset(request, StoryPage), filters)
    newest_first = stories.order_by(
        F("year").desc(nulls_last=True), F("first_published_at").desc(nulls_last=True), "-pk"
    )
    shown = list(newest_first[filters.offset : filters.offset + filters.limit])
    prepare(shown, request)
    return {"count": stories.count(), "items": shown}


def _chosen(stories: Any, filters: StoryFilters) -> Any:
    chosen = stories.filter(locale__language_code=filters.locale, alias_of__isnull=True)
    if filters.year is not None:
        chosen = chosen.filter(year=filters.year)
    if filters.kind is not None:
        chosen = chosen.filter(kind=filters.kind)
    if filters.municipality is not None:
        if not Municipality.objects.filter(code=filters.municipality, live=True).exists():
            message = f"No municipality has the code {filters.municipality!r}."
            raise refusal("municipality", message)
        chosen = chosen.filter(municipality__code=filters.municipality)
    if filters.area is not None:
        if not public_pages().filter(translation_key=filters.area).exists():
            raise refusal("area", f"No published page has the key {filters.area}.")
        # A story is listed once, however many of its rows lead to the area.
        chosen = chosen.filter(
            pk__in=StoryPage.objects.filter(
                related_pages__page__translation_key=filters.area
            ).values("pk")
        )
    return chosen


def add_stories() -> None:
    """Adds the address to Wagtail's API, before its addresses are taken over by the site."""
    api.add_router("/stories/", router)
