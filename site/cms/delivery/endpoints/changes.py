"""``GET changes/``: what came, changed and went since a cursor."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from cms.content.api.parameters import refusal, refuse_unknown_parameters
from cms.delivery.caching.tags import list_tags
from cms.delivery.endpoints.change_feed import FeedQuery, changes_after, list_body
from cms.delivery.endpoints.schemas import AnyTypeLabel, ChangeList, LanguageCode
from cms.delivery.http.compression import chosen_encoding, deflate, gzip_of
from cms.delivery.http.cursors import (
    ChangeCursor,
    ExpiredCursor,
    InvalidCursor,
    change_cursor,
    read_change_cursor,
)
from cms.delivery.http.etag import digest_of_list
from cms.delivery.http.requests import asked_by, problem
from cms.delivery.http.responses import Answer, full, unchanged, validators

router = Router(tags=["changes"])

FRESH = "public, max-age=0, must-revalidate"
"""A cache may keep it only to ask whether it is still so: it is asked for to hear what is new."""


class ChangeFilters(Schema):
    """The changes that are wanted."""

    since: str | None = Field(
        default=None,
        description="`next` of the last answer, or `cursor` of an export. Without it: everything "
        "that is live, then go on from `next`.",
    )
    locale: list[LanguageCode] = Field(
        default=[],
        description="BCP 47 code; may be repeated. Redirects, which have no language, are in all.",
    )
    type: list[AnyTypeLabel] = Field(default=[], description="Label of a type; may be repeated.")
    limit: int = Field(default=100, ge=1, le=1000)


@router.get(
    "/",
    response={200: ChangeList},
    summary="List changes",
    operation_id="changes_list",
    url_name="list_changes",
)
def list_changes(request: HttpRequest, filters: Query[ChangeFilters]) -> HttpResponse:
    """Each document once, with its latest change, in the order in which these were made.

    Who applies all items holds exactly what is live. Keep the same `locale` and `type` from one
    cursor to the next.
    """
    refuse_unknown_parameters(request, ChangeFilters.model_fields)
    try:
        cursor = None if filters.since is None else read_change_cursor(filters.since)
    except InvalidCursor as error:
        raise refusal("since", str(error)) from error
    except ExpiredCursor as error:
        return problem(410, str(error))
    locales = tuple(dict.fromkeys(filters.locale))
    page = changes_after(
        FeedQuery(cursor, locales, tuple(dict.fromkeys(filters.type)), filters.limit)
    )
    return _answer(request, page.items, page.position, more=page.more).response()


def _answer(
    request: HttpRequest, items: list[bytes], position: ChangeCursor, *, more: bool
) -> Answer:
    asked = asked_by(request)
    body = list_body(items, change_cursor(position.sequence, position.since), more=more)
    digest = digest_of_list([], body)
    headers = {**validators(digest, list_tags(), "mul"), "Cache-Control": FRESH}
    encoding = chosen_encoding(asked.accept_encoding, ("gzip",))
    if (known := unchanged(headers, digest, encoding, asked.if_none_match)) is not None:
        return known
    if encoding == "gzip":
        body = gzip_of(deflate(body))
    return full(headers, body, digest, encoding)
