"""Runs the jobs that make files for the admin."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from cms.common.background_jobs import Refused, job_heartbeat, run
from cms.exchange.parallel_texts.permissions import open_languages
from cms.export.downloads.disk_quota import enforce_disk_quota
from cms.export.downloads.models import HALF_MADE
from cms.export.downloads.offers import OFFERS, Offer, held_pages
from cms.export.models import ExportFile
from cms.translation.roles.reading import unreadable_pages

MADE = "cms_export.made"
FETCHED = "cms_export.fetched"
DELETED = "cms_export.deleted"
"""What the log of the site tells of a file."""


@task(backend="background")
def run_export(job_id: int) -> None:
    """Runs a job that waits; one that does not, or is gone, is left alone."""
    run(ExportFile.objects.select_related("user"), job_id, make)


def make(job: ExportFile) -> None:
    """Makes the file of a job.

    Raises:
        Refused: whoever asked for it works in no language any more.
    """
    allowed = open_languages(job.user)
    if not allowed:
        raise Refused(_("You translate into no language and publish no pages."))
    offer = OFFERS[job.format]
    choice = job.choice(frozenset() if offer.is_public else allowed)
    job.options["open"] = sorted(choice.open_languages)
    if choice.open_languages:
        choice = replace(choice, unreadable=unreadable_pages(job.user).keys)
    pages = held_pages(choice)
    folder = Path(settings.DATA_DIR) / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    # On the disk on which it is kept: a bundle may be larger than what holds temporary files.
    with TemporaryDirectory(prefix=HALF_MADE, dir=folder) as beside:
        path = Path(beside) / _file_name(job, offer)
        language = UserProfile.get_for_user(job.user).get_preferred_language()
        with override(language), job_heartbeat(job) as progress:
            made = offer.write(choice, path, progress)
        size = path.stat().st_size
        # What was published meanwhile may be in it.
        job.pages = pages | held_pages(choice)
        job.counts, job.message = made.counts | {"bytes": size}, made.message
        enforce_disk_quota(size)
        with path.open("rb") as file:
            job.file.save(path.name, File(file), save=False)
    job.done = job.total = progress.total
    log(job, MADE, user=job.user, data={"format": job.format, **job.options})


def _file_name(job: ExportFile, offer: Offer) -> str:
    """``texts-en-fi-2026-11-25.xlsx``; without languages where it is all of them."""
    one = [job.options["language"]] if "language" in offer.asks else []
    chosen = one or job.options["languages"]
    return f"{'-'.join([offer.stem, *chosen, timezone.localdate().isoformat()])}.{offer.ending}"
