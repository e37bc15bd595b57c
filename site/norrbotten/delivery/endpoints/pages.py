"""``GET pages/{id}/`` for anybody, from the published document."""

from django.http import HttpRequest, HttpResponse

from norrbotten.delivery.documents import page_answer
from norrbotten.delivery.endpoints.asking import asked_by

DETAIL_VIEW = "wagtailapi_v3:detail_page"


def from_document(request: HttpRequest, view_name: str, page_id: object) -> HttpResponse | None:
    """The stored document, where it is all that is asked for.

    Wagtail's own view answers what no document can: who has a token, a draft, rich text in another
    format, and a page that is not there.
    """
    if view_name != DETAIL_VIEW or not isinstance(page_id, int):
        return None
    if request.META.get("QUERY_STRING") or "Authorization" in request.headers:
        return None
    answer = page_answer(page_id, asked_by(request))
    return answer.response() if answer else None
