"""Notes how far a job is while what it reads stands still."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

from django.db import OperationalError, connection
from django.utils import timezone

from norrbotten.exchange.work import EVERY, Work


@dataclass(slots=True)
class Noted:
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
def noted(job: Work) -> Generator[Noted]:
    """Stores now and then how far a job is, over a connection of its own.

    Who does the job may read within a transaction in which nothing may be written. What is stored
    is a sign of life as well, however long one step takes.
    """
    so_far, is_over = Noted(), Event()
    thread = Thread(target=_store, args=(job, so_far, is_over), daemon=True)
    thread.start()
    try:
        yield so_far
    finally:
        is_over.set()
        thread.join()


def _store(job: Work, so_far: Noted, is_over: Event) -> None:
    rows = type(job)._default_manager.filter(pk=job.pk)
    try:
        while not is_over.wait(EVERY):
            # Where the database is busy, the next note will say it.
            with suppress(OperationalError):
                rows.update(done=so_far.done, total=so_far.total, seen_at=timezone.now())
    finally:
        connection.close()
