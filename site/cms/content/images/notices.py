"""Tells whoever uploads a picture what became of it: a position was removed, it stands still."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told of a picture.

    Attributes:
        header: the header by which an answer of the API says so; it has none where it is not so.
        short: what a form says beside the title.
        sentence: what the admin says, with the title.
    """

    header: str
    short: Any
    sentence: Any


POSITION_REMOVED: Final = Notice(
    "Position-Removed",
    _("Position removed."),
    _("Position removed: the image \u201c%(title)s\u201d said where it was taken."),
)
STANDS_STILL: Final = Notice(
    "Stands-Still",
    _("It moves; pages show its first picture."),
    _("The image \u201c%(title)s\u201d moves. Pages show its first picture, which stands still."),
)

_noted: ContextVar[list[tuple[Notice, str]] | None] = ContextVar("picture_notices", default=None)


def tell(notice: Notice, title: str) -> None:
    """Has it told of a picture of this title; outside of a request, not."""
    if (noted := _noted.get()) is not None:
        noted.append((notice, title))


class PictureNotices:
    """Tells it after every upload: in the admin by a message, in the API by a header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers, and adds what there is to tell."""
        if request.method != "POST":
            return self.get_response(request)
        token = _noted.set([])
        try:
            response = self.get_response(request)
            for notice, title in _noted.get() or ():
                _tell(request, response, notice, title)
        finally:
            _noted.reset(token)
        return response


def _tell(request: HttpRequest, response: HttpResponse, notice: Notice, title: str) -> None:
    if request.path.startswith(reverse("wagtailadmin_home")):
        messages.info(request, notice.sentence % {"title": title})
    else:
        response[notice.header] = "true"
