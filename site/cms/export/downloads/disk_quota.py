"""Keeps the files that are made in the admin within their disk quota."""

from typing import Final

from django.conf import settings
from wagtail.log_actions import log

from cms.export.models import ExportFile

CLEARED: Final = "cms_export.cleared"
"""What the log of the site tells of a file that made room."""

MEGABYTE: Final = 1 << 20
"""Bytes, as the list of files counts them."""


def enforce_disk_quota(coming: int = 0) -> None:
    """Deletes the oldest files where all together are larger than ``EXPORTS_KEPT_MEGABYTES``.

    What is being made is not counted and not deleted. Without a file that comes, the newest stays
    even where it alone is larger: whoever asked for it has not had the time to fetch it. Whoever
    is fetching a file that goes gets all of it.

    Args:
        coming: bytes of a file that is about to be kept too.
    """
    limit = settings.EXPORTS_KEPT_MEGABYTES * MEGABYTE
    if not limit:
        return
    finished = ExportFile.objects.filter(
        state__in=[ExportFile.State.DONE, ExportFile.State.FAILED]
    ).exclude(file="")
    newest_first = sorted(((*job.on_disk(), job.pk, job) for job in finished), reverse=True)
    taken, may_go = coming, coming > 0
    for _written_at, size, _pk, job in newest_first:
        taken += size
        if may_go and taken > limit:
            job.clear()
            log(job, CLEARED)
        may_go = True
