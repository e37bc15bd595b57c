"""Notes how far a job is while what it reads stands still."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

from django.db import OperationalError, connection
from django.utils import timezone

from cms.common.background_jobs import EVERY, BackgroundJob


@dataclass(slots=True)
class Heartbeat:
    """How far a job is, told by who does it.

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
    thread = Thread(target=_store, args=(job, so_far, is_over), daemon=True)
    thread.start()
    try:
        yield so_far
    finally:
        is_over.set()
        thread.join()


def _store(job: BackgroundJob, so_far: Heartbeat, is_over: Event) -> None:
    rows = type(job)._default_manager.filter(pk=job.pk)
    try:
        while not is_over.wait(EVERY):
            # Where the database is busy, the next note will say it.
            with suppress(OperationalError):
                rows.update(done=so_far.done, total=so_far.total, seen_at=timezone.now())
    finally:
        connection.close()
