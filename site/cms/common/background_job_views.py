"""The context of every page that follows a file in the making."""

from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from cms.common.background_jobs import BackgroundJob

NO_PAGE: Final = _(
    "The file holds a page that you may not read any more. Have it made anew; that page is left "
    "out then."
)
NO_LANGUAGE: Final = _(
    "The file holds texts of a language in which you do not work any more. Have it made anew in "
    "your own languages."
)


def state_of(job: BackgroundJob) -> dict[str, Any]:
    """The answer to a page that asks again and again.

    Returns:
        ``{state, label, done, total, share, finished, silent}``, of which ``label`` is for people
        and ``share`` in per cent.
    """
    return {
        "state": job.state,
        "label": job.get_state_display(),
        "done": job.done,
        "total": job.total,
        "share": job.share,
        "finished": job.is_finished,
        "silent": job.is_silent,
    }


def not_any_more(request: HttpRequest, reason: Any, address: str) -> HttpResponse:
    """Leads to a job's page instead of its file, and says there why."""
    messages.error(request, reason)
    return redirect(address)


def file_answer(file: Any, content_type: str) -> FileResponse:
    """A file to keep.

    Args:
        file: that of a model's field.

    Raises:
        Http404: it is not written yet, or was cleared away.
    """
    if not file:
        raise Http404
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = file.name.rpartition("/")[2]
    return FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
