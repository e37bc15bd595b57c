"""Work on a file that goes on in the background: how far it is, and who carries it out.

A worker, ``manage.py db_worker --backend background``, runs what is queued; ``make run`` starts
one.
"""

import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Final

from django.conf import settings
from django.db import OperationalError, connection, models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)

EVERY: Final = 0.5
"""Seconds between two notes of how far a job is."""

_SILENT_AFTER: Final = 120
_ID_BYTES: Final = 8


class Refused(Exception):
    """Raised for a request that cannot be met. The message says why, and the remedy."""


class BackgroundJob(models.Model):
    """Work that is done in the background, mostly on one file, with how far it has come.

    Attributes:
        options: what was asked for, as JSON.
        done: pages and facts that are written or read, of ``total``.
        counts: what came of it, in numbers.
        message: why it failed, or what else there is to say.
        packed_pages: see ``pages``.
        seen_at: when the worker last gave a sign of life.
    """

    class State(models.TextChoices):
        """The stages of a job."""

        WAITING = "waiting", gettext_lazy("waiting")
        RUNNING = "running", gettext_lazy("running")
        DONE = "done", gettext_lazy("done")
        FAILED = "failed", gettext_lazy("failed")

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="%(app_label)s_jobs"
    )
    name = models.CharField(max_length=255)
    format = models.CharField(max_length=8, blank=True)
    options = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    packed_pages = models.BinaryField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_finished(self) -> bool:
        """Tells whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def is_silent(self) -> bool:
        """Tells whether it should be running and nobody has heard of it for a while."""
        age = timezone.now() - self.seen_at
        return not self.is_finished and age.total_seconds() > _SILENT_AFTER

    @property
    def can_be_repeated(self) -> bool:
        """Tells whether somebody may start it again."""
        return self.is_silent or self.state == self.State.FAILED

    @property
    def share(self) -> int:
        """The share of it that is done, in per cent."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def pages(self) -> frozenset[int] | None:
        """Ids of the pages whose texts are in its file; ``None`` where nobody has kept them."""
        if self.packed_pages is None:
            return None
        packed = bytes(self.packed_pages)
        return frozenset(
            int.from_bytes(packed[start : start + _ID_BYTES])
            for start in range(0, len(packed), _ID_BYTES)
        )

    @pages.setter
    def pages(self, pages: frozenset[int]) -> None:
        self.packed_pages = b"".join(pk.to_bytes(_ID_BYTES) for pk in sorted(pages))

    def may_hold(self, unreadable: frozenset[int]) -> bool:
        """Tells whether one of some pages is in its file, or may be, since nobody knows."""
        pages = self.pages
        return bool(unreadable) if pages is None else not pages.isdisjoint(unreadable)

    def note(self, done: int, total: int) -> None:
        """Says how far it is, for whoever looks at it from elsewhere."""
        self.done, self.total, self.seen_at = done, total, timezone.now()
        self.save(update_fields=["done", "total", "seen_at"])

    def wait_again(self) -> None:
        """Puts it back to the beginning; it is still to be queued."""
        type(self)._default_manager.filter(pk=self.pk).update(
            state=self.State.WAITING, seen_at=timezone.now(), message="", done=0
        )


class ProgressReporter:
    """Notes now and then how far a job is; each note is a query."""

    def __init__(self, job: BackgroundJob, total: int = 0) -> None:
        self.job, self.total, self.noted = job, total, 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Tells it how many are done, and of how many where that has become known."""
        now = time.monotonic()
        if now - self.noted >= EVERY:
            self.noted = now
            self.job.note(done, self.total if total is None else total)


@dataclass(slots=True)
class Heartbeat:
    """The progress of a job, told by whoever does it.

    Attributes:
        done: of ``total``.
    """

    done: int = 0
    total: int = 0

    def __call__(self, done: int, total: int) -> None:
        """Tells it."""
        self.done, self.total = done, total


@contextmanager
def job_heartbeat(job: BackgroundJob) -> Generator[Heartbeat]:
    """Stores now and then how far a job is, over a connection of its own.

    Who does the job may read within a transaction in which nothing may be written. What is stored
    is a sign of life as well, however long one step takes.
    """
    so_far, is_over = Heartbeat(), Event()
    thread = Thread(target=_store_now_and_then, args=(job, so_far, is_over), daemon=True)
    thread.start()
    try:
        yield so_far
    finally:
        is_over.set()
        thread.join()


def _store_now_and_then(job: BackgroundJob, so_far: Heartbeat, is_over: Event) -> None:
    rows = type(job)._default_manager.filter(pk=job.pk)
    try:
        while not is_over.wait(EVERY):
            # Where the database is busy, the next note will say it.
            with suppress(OperationalError):
                rows.update(done=so_far.done, total=so_far.total, seen_at=timezone.now())
    finally:
        connection.close()


def run(
    jobs: Any,
    job_id: int,
    carry_out: Callable[[Any], bool | None],
    expected: tuple[type[Exception], ...] = (Refused,),
) -> bool:
    """Does a job that is waiting; one that is not, or is gone, is left alone.

    Args:
        jobs: a query for all jobs of the kind, with what of them is fetched along.
        carry_out: does it. What it stores in the job is saved afterwards. One that does a part
            alone, so that other work has its turn, says whether something is left.
        expected: exceptions whose message is for the person who asked.

    Returns:
        Whether the job waits again, for its next part.
    """
    claimed = jobs.filter(pk=job_id, state=BackgroundJob.State.WAITING).update(
        state=BackgroundJob.State.RUNNING
    )
    if not claimed:
        return False
    job = jobs.get(pk=job_id)
    try:
        is_left = carry_out(job)
    except expected as error:
        job.state, job.message = BackgroundJob.State.FAILED, str(error)
    except Exception:
        logger.exception("Job %s failed", job.pk)
        job.state = BackgroundJob.State.FAILED
        job.message = _("Something went wrong here. It has been noted; please try again later.")
    else:
        job.state = BackgroundJob.State.WAITING if is_left else BackgroundJob.State.DONE
    job.save()
    return bool(job.state == BackgroundJob.State.WAITING)
