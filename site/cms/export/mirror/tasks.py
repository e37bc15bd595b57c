"""Updates the mirror after each publication, by the worker.

Many publications make one run: while one waits, no other is queued up. Whoever finds the folder
held leaves it to the run that holds it, which looks once more when it has let go.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.delivery.publishing.sequence import current_sequence
from cms.export.mirror.state import (
    AnotherRun,
    ForeignFolder,
    is_unfinished,
    made_with,
    read_state,
)


@task(backend="background")
def update_mirror() -> int:
    """Brings the mirror up to date; returns how many runs it took."""
    # Not before it is needed: it knows the types of all pages, which come after this room.
    from cms.export.mirror.updating import update

    runs = 0
    root = settings.MIRROR_DIR
    while root is not None and is_behind(root):
        try:
            update(root)
        except AnotherRun:
            break
        runs += 1
    return runs


def is_behind(root: Path) -> bool:
    """Tells whether something has changed since the last run that came to its end."""
    state = read_state(root)
    feed = current_sequence()
    if state is None or is_unfinished(root):
        return True
    return (state.feed, state.sequence, state.made_with) != (
        feed.identity.hex,
        feed.last_sequence,
        made_with(feed, compressed=state.compressed),
    )


def follow_changes(**kwargs: Any) -> None:
    """Has the mirror brought up to date when the change is committed; see ``documents_changed``."""
    if settings.MIRROR_DIR is not None:
        # Robust: what fails here is made up for by the upkeep, and publishing has succeeded.
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Queues a run, unless one waits already."""
    waiting = DBTaskResult.objects.ready().filter(task_path=update_mirror.module_path)
    if not waiting.exists():
        update_mirror.enqueue()


def tend() -> None:
    """Queues a run in the place of one that died with its worker, or failed."""
    if settings.MIRROR_DIR is None:
        return
    try:
        behind = is_behind(settings.MIRROR_DIR)
    except ForeignFolder:
        # Says so in the worker's log, as any run does.
        behind = True
    if behind:
        wake()
