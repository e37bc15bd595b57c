"""Tells an editor that a picture said where it was taken, and no longer does."""

from collections.abc import Callable
from contextvars import ContextVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

_removed: ContextVar[list[str] | None] = ContextVar("positions_removed", default=None)


def note_position(title: str) -> None:
    """Notes the title of a picture whose position was removed; elsewhere than in the admin, not."""
    if (titles := _removed.get()) is not None:
        titles.append(title)


class PositionNotice:
    """Tells it after every upload in the admin, by whichever of its forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers, and adds the message to those that the editor sees next."""
        if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        token = _removed.set([])
        try:
            response = self.get_response(request)
            for title in _removed.get() or ():
                said = _(
                    "Position removed: the image \u201c%(title)s\u201d said where it was taken."
                )
                messages.info(request, said % {"title": title})
        finally:
            _removed.reset(token)
        return response
