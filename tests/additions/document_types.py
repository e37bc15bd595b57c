"""An endpoint: which types of documents there are, and how many of each."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from cms.content.api.parameters import refuse_unknown_parameters
from cms.delivery.caching.tags import ALL, CACHE_TAG_HEADER, header_value, list_tags
from cms.delivery.models import PublishedDocument

router = Router(tags=["types"])


class TypeItem(Schema):
    """One type of document."""

    type: str = Field(description="Label of the type.", examples=["strategy.GoalPage"])
    documents: int = Field(description="Number of published documents.", examples=[12])


class TypeList(Schema):
    """All types that have documents, by name."""

    items: list[TypeItem] = Field(description="Each type with the number of its documents.")


@router.get("/", response=TypeList, summary="List types", operation_id="types_list")
def list_types(request: HttpRequest, response: HttpResponse) -> TypeList:
    """The types of published documents."""
    refuse_unknown_parameters(request)
    response[CACHE_TAG_HEADER] = header_value(list_tags(ALL))
    counted = PublishedDocument.objects.values("type").annotate(documents=Count("pk"))
    return TypeList(items=[TypeItem(**row) for row in counted.order_by("type")])
