"""Makes files that were asked for in the admin, where nobody has to wait for them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from norrbotten.exchange.work import Noter, Refused, run
from norrbotten.export.forms import FORMS
from norrbotten.export.models import ExportFile
from norrbotten.export.parallel.reading import parallel_sources
from norrbotten.export.parallel.strings import TARGET_LANGUAGES
from norrbotten.export.permissions import open_languages

MADE = "norrbotten_export.made"
FETCHED = "norrbotten_export.fetched"
DELETED = "norrbotten_export.deleted"
"""What the log of the site tells of a file."""


@task(backend="background")
def run_export(job_id: int) -> None:
    """Makes a file that waits to be made; one that does not, or is gone, is left alone."""
    run(ExportFile.objects.select_related("user"), job_id, make)


def make(job: ExportFile) -> None:
    """Makes the file of a job.

    Raises:
        Refused: whoever asked for it works in no language any more.
    """
    allowed = open_languages(job.user)
    if not allowed:
        raise Refused(_("You translate into no language and publish no pages."))
    query = job.query(allowed)
    job.options["open"] = sorted(query.open_languages)
    total = parallel_sources(query).count()
    job.note(0, total)
    with TemporaryDirectory() as folder:
        path = Path(folder) / _file_name(job)
        with override(UserProfile.get_for_user(job.user).get_preferred_language()):
            job.counts = {"units": FORMS[job.format].write(query, path, Noter(job, total))}
        with path.open("rb") as file:
            job.file.save(path.name, File(file), save=False)
    job.done = job.total = total
    log(job, MADE, user=job.user, data={"format": job.format, **job.options})


def _file_name(job: ExportFile) -> str:
    """``texts-en-fi-2026-11-25.xlsx``; without languages where it is all of them."""
    languages = tuple(job.options["languages"])
    chosen = () if languages == TARGET_LANGUAGES else languages
    return f"{'-'.join(['texts', *chosen, timezone.localdate().isoformat()])}.{job.format}"
