"""Views that a script asks: every answer is JSON, refusals too."""

import json
from http import HTTPStatus
from typing import Any, Final, cast

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.generic import View

MAX_BODY: Final = 1_000_000
"""Bytes that a script may send: a text of the greatest length, every character escaped."""


class Refusal(Exception):
    """Raised where a request cannot be done; the answer says why.

    Attributes:
        status: of the answer.
        more: members of the answer beside the sentence.
    """

    def __init__(self, status: HTTPStatus, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more


class JsonView(View):
    """Answers with JSON, in the language of the user's account.

    It stands outside of Wagtail's wrapper of admin views, which leads who is not logged in to a
    page. ``cms.translation.admin.guard`` calls :meth:`answer` before that is reached, behind the
    check of the CSRF token. Each view asks itself what its user may do.
    """

    @classmethod
    def answer(cls, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
        """The answer to a request, whoever asks."""
        if not request.user.is_authenticated:
            detail = _("You are logged out. Log in again.")
            response: HttpResponse = JsonResponse({"detail": detail}, status=401)
        else:
            response = cast("HttpResponse", cls.as_view()(request, **kwargs))
        add_never_cache_headers(response)
        # Else what is not found would be looked for below the address of a language.
        response.speaks_no_language = True  # type: ignore[attr-defined]
        return response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Runs the view; what it raises becomes an answer."""
        # A view activates its user's language when it knows it; the next request has its own.
        with override(get_language()):
            try:
                return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]
            except Refusal as refusal:
                content = {"detail": refusal.detail, **refusal.more}
                return JsonResponse(content, status=refusal.status)
            except PermissionDenied:
                return JsonResponse({"detail": _("You may not do this.")}, status=403)
            except Http404:
                return JsonResponse({"detail": _("There is no such text.")}, status=404)


def members(request: HttpRequest, *names: str) -> list[str]:
    """Texts of the JSON object that was sent, by name; one that is missing is empty.

    Raises:
        Refusal: it is no such object, or too large.
    """
    try:
        too_large = int(request.headers.get("content-length") or 0) > MAX_BODY
        sent = {} if too_large else json.loads(request.body or b"{}")
    except RequestDataTooBig:
        too_large = True
    except (ValueError, RecursionError) as error:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, _("That is no JSON.")) from error
    if too_large:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, _("That is too long."))
    if not isinstance(sent, dict):
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, _("A JSON object is expected."))
    found = [sent.get(name, "") for name in names]
    for name, value in zip(names, found, strict=True):
        if not isinstance(value, str):
            raise Refusal(
                HTTPStatus.UNPROCESSABLE_ENTITY, _("“%(name)s” must be a text.") % {"name": name}
            )
    return found
