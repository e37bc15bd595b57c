"""The context of every page that follows a file in the making."""

from typing import Any

from django.http import FileResponse, Http404

from cms.common.background_jobs import BackgroundJob


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
