"""Runs the jobs that the admin has queued."""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _
from django_tasks import task

from cms.common.background_jobs import ProgressReporter, run
from cms.exchange.files import file_name, write_file
from cms.exchange.formats import FORMATS
from cms.exchange.importing import Import, import_file, publish_imported
from cms.exchange.models import Job
from cms.exchange.results import NEEDS_A_LOOK, OUTCOMES, Report
from cms.exchange.selection import Selection, SelectionError, selected_sources
from cms.exchange.units import UnreadableFile
from cms.languages.registry import get_language
from cms.translation.roles.permissions import may_translate
from cms.translation.roles.reading import source_pages, unreadable_pages

SHOWN = 2_000
"""Strings that a stored report lists; it says how many more there are."""


@task(backend="background")
def run_job(job_id: int) -> None:
    """Does a job that is waiting; one that is not, or is gone, is left alone."""
    jobs = Job.objects.select_related("locale", "user")
    run(jobs, job_id, carry_out, (SelectionError, UnreadableFile))


def carry_out(job: Job) -> None:
    """Writes or reads the file of a job.

    Raises:
        SelectionError, UnreadableFile: what was asked for is not there, or the file no good.
    """
    if not may_translate(job.user, job.locale):
        raise SelectionError(
            _("You do not translate into “%(code)s”.") % {"code": job.locale.language_code}
        )
    if job.kind == Job.Kind.EXPORT:
        _export(job)
    else:
        _import(job)


def _export(job: Job) -> None:
    selection = Selection(
        job.locale.language_code,
        unreadable=unreadable_pages(job.user).sources,
        **job.options,
    )
    total = selected_sources(selection).count()
    job.note(0, total)
    with TemporaryDirectory() as folder:
        language = get_language(job.locale.language_code)
        extension = FORMATS[job.format].extension
        path = Path(folder) / file_name(job.name, language.code, extension)
        written = write_file(selection, job.format, path, ProgressReporter(job, total))
        job.counts = {"documents": written.groups, "units": written.units}
        job.done = job.total = total
        job.pages = source_pages(written.keys)
        if not written.groups:
            job.message = _("Nothing is left of what you chose.")
            return
        with path.open("rb") as file:
            job.file.save(path.name, File(file), save=False)


def _import(job: Job) -> None:
    options: dict[str, Any] = job.options
    wanted = Import(
        job.locale.language_code,
        languages=[job.locale.language_code],
        accept_identical=options.get("accept_identical", False),
        dry_run=options["dry_run"],
        user=job.user,
    )
    note = ProgressReporter(job)
    report, changed = import_file(Path(job.file.path), job.name, wanted, note)
    if options["publish"] and not options["dry_run"]:
        job.message = "\n".join(publish_imported(report, changed, job.user, note))
    store_report(job, report)
    job.done = job.total = max(job.total, 1)


def store_report(job: Job, report: Report) -> None:
    """Stores the results that somebody should look at, and the number of each outcome."""
    remarkable = [result for result in report.results if result.outcome in NEEDS_A_LOOK]
    if report.note:
        job.message = "\n".join(filter(None, (job.message, report.note)))
    job.report = [list(asdict(result).values()) for result in remarkable[:SHOWN]]
    job.counts = {**report.counts(), "published": len(report.published)}
    if len(remarkable) > SHOWN:
        more = _("%(count)d more are not listed.") % {"count": len(remarkable) - SHOWN}
        job.message = "\n".join(filter(None, (job.message, more)))


def outcome_name(outcome: str) -> str:
    """The name of an outcome."""
    return str(OUTCOMES.get(outcome, outcome))
