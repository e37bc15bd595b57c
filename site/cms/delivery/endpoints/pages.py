"""``GET pages/{id}/`` for anybody, from the published document."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse

from cms.delivery.http.document_responses import page_answer
from cms.delivery.http.requests import asked_by

_ID: Final = re.compile(r"[1-9][0-9]{0,17}\Z", re.ASCII)
DETAIL_VIEW: Final = "wagtailapi_v3:detail_page"


def from_document(request: HttpRequest, view_name: str, page_id: object) -> HttpResponse | None:
    """The stored document, where it is all that is asked for.

    Wagtail's own view answers what no document can: who has a token, a draft, rich text in another
    format, and a page that is not there.
    """
    if view_name != DETAIL_VIEW or not _ID.match(str(page_id)):
        return None
    if request.META.get("QUERY_STRING") or "Authorization" in request.headers:
        return None
    answer = page_answer(int(str(page_id)), asked_by(request))
    return answer.response() if answer else None
