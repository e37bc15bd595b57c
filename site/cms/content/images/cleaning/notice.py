"""Tells whoever uploads a picture that it said where it was taken, and no longer does."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

HEADER: Final = "Position-Removed"
"""By which an answer of the API says so; it has none where no position was removed."""

_removed: ContextVar[list[str] | None] = ContextVar("positions_removed", default=None)


def note_position(title: str) -> None:
    """Notes the title of a picture whose position was removed; outside of a request, not."""
    if (titles := _removed.get()) is not None:
        titles.append(title)


class PositionNotice:
    """Tells it after every upload: in the admin by a message, in the API by a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers, and adds what there is to tell."""
        if request.method != "POST":
            return self.get_response(request)
        token = _removed.set([])
        try:
            response = self.get_response(request)
            if titles := _removed.get():
                _tell(request, response, titles)
        finally:
            _removed.reset(token)
        return response


def _tell(request: HttpRequest, response: HttpResponse, titles: list[str]) -> None:
    if not request.path.startswith(reverse("wagtailadmin_home")):
        response[HEADER] = "true"
        return
    for title in titles:
        said = _("Position removed: the image \u201c%(title)s\u201d said where it was taken.")
        messages.info(request, said % {"title": title})
