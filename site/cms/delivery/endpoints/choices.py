"""``GET choices/``: the labels of all choices, gathered from the description of the API."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field
from wagtail.api.v3.api import api

from cms.content.api.choice_labels import LABELS
from cms.content.api.parameters import refuse_unknown_parameters
from cms.delivery.caching.tags import CACHE_TAG_HEADER, CHOICES_TAG

router = Router(tags=["choices"])

Labels = dict[str, str]


class ChoiceItem(Schema):
    """The labels of one member."""

    schema_: str = Field(
        alias="schema",
        description="Name of the type that has it, as in `openapi.json`.",
        examples=["StoryPageSchema"],
    )
    member: str = Field(description="Name of the member.", examples=["kind"])
    labels: dict[str, Labels] = Field(
        description="By value, the label in each language that has one: BCP 47 code and text.",
        examples=[{"project": {"sv": "projekt", "en": "project"}}],
    )


class ChoiceList(Schema):
    """The labels of every member that has one of a few values."""

    count: int = Field(description="Number of members.", examples=[11])
    items: list[ChoiceItem] = Field(description="By type, then as the type has them.")


@router.get(
    "/",
    response=ChoiceList,
    by_alias=True,
    summary="List the labels of choices",
    operation_id="choices_list",
    url_name="list_choices",
)
def list_choices(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """The names by which editors know the values of choices, in each language of the admin.

    Documents hold the values, which are the same in all languages.
    """
    refuse_unknown_parameters(request)
    response[CACHE_TAG_HEADER] = CHOICES_TAG
    items = list(labelled_members(api.get_openapi_schema()["components"]["schemas"]))
    return {"count": len(items), "items": items}


def labelled_members(schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every member of a schema that has labels, with them."""
    for name in sorted(schemas):
        for member, schema in schemas[name].get("properties", {}).items():
            if LABELS in schema:
                yield {"schema": name, "member": member, "labels": schema[LABELS]}
