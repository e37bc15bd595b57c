"""``GET preview/?token=``: the draft of a page in a language, as the document that it will be."""

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, GetJsonSchemaHandler
from wagtail.api.v3.routers.pages import PageDetailSchema

from cms.content.api.documents import render_document
from cms.content.api.json_text import as_json
from cms.content.api.parameters import refuse_unknown_parameters
from cms.delivery.http.rate_limit import PREVIEWS
from cms.delivery.http.requests import problem
from cms.delivery.http.responses import CONTENT_TYPE
from cms.delivery.previews.drafts import draft_of, translation_of
from cms.delivery.previews.field_addresses import field_addresses
from cms.delivery.previews.tokens import Found, find
from cms.delivery.previews.views import UNSEEN

router = Router(tags=["preview"])

_SOURCE: Final = {
    "title": "Source",
    "type": "object",
    "properties": {
        "source": {
            "additionalProperties": {"type": "string", "format": "uri"},
            "description": "JSON Pointer of a field of the document, with its address in the "
            "admin.",
            "examples": [{"/title": "https://cms.example.org/admin/pages/4/edit/"}],
            "title": "Source",
            "type": "object",
        }
    },
    "required": ["source"],
}


class _WithSource:
    """Describes a document that has ``source`` as well; no type of Pydantic's does."""

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> Any:
        return {"allOf": [handler(core), _SOURCE]}


PreviewDocument: Any = Annotated[PageDetailSchema, _WithSource()]


class PreviewQuery(Schema):
    """The token of a draft."""

    token: str = Field(
        default="",
        description="Of one page in one language. It comes from the editor, in the address of the "
        "preview.",
    )


@router.get(
    "/",
    response=PreviewDocument,
    summary="A draft",
    operation_id="preview_detail",
    url_name="preview",
    throttle=[PREVIEWS],
    openapi_extra={
        "responses": {
            401: {
                "description": "No such token, or it is over, was withdrawn, or who made it may no "
                "longer edit the page."
            }
        }
    },
)
def get_preview(request: HttpRequest, query: Query[PreviewQuery]) -> HttpResponse:
    """The draft as it would be published now, and where each of its fields is edited.

    Of a translation that is half done `languages` says what is missing. What the draft refers to
    is shown as far as it is published.
    """
    refuse_unknown_parameters(request, PreviewQuery.model_fields)
    found = find(query.token)
    response = _refused() if found is None else _draft(found, request)
    for name, value in UNSEEN.items():
        response[name] = value
    return response


def _refused() -> HttpResponse:
    """One answer for every token that opens nothing, whatever the reason."""
    response = problem(401, "This token opens no draft.")
    response["WWW-Authenticate"] = "Bearer"
    return response


def _draft(found: Found, request: HttpRequest) -> HttpResponse:
    token, page = found
    translation = translation_of(page)
    draft = draft_of(page, translation)
    document = render_document(draft, request)
    document["source"] = field_addresses(
        draft, document, translation, token.admin, token.created_by
    )
    response = HttpResponse(as_json(document), content_type=CONTENT_TYPE)
    response["Content-Language"] = document["language"]
    return response
