"""Says in the admin which block keeps a translation from being made."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cms.translation.lifecycle.restoring import CannotRestore


class RestoreErrors:
    """Middleware: leads back to the screen with the message, or shows it in place of a preview."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers as ever."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers a request of the admin that ended in :class:`CannotRestore`."""
        if not isinstance(exception, CannotRestore):
            return None
        home = reverse("wagtailadmin_home")
        if not request.path.startswith(home):
            return None
        if request.method != "POST":
            context = {"message": exception}
            return render(request, "cms_translation/cannot_restore.html", context, status=422)
        messages.error(request, str(exception))
        back = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            back, {request.get_host()}, require_https=request.is_secure()
        )
        return redirect(back if is_ours else home)
