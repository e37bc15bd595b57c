"""Names of before the package was called ``cms``, in what is stored: it all still works.

Files and bundles name their maker and are read whoever made them; they need nothing here.
"""

from typing import Any, Final

_FORMER: Final = "norrbotten"

DATABASE_FILE: Final = f"{_FORMER}.sqlite3"

TASKS: Final = {
    f"{_FORMER}.content.tasks.make_renditions_of": "cms.content.images.tasks.make_renditions_of",
    f"{_FORMER}.delivery.caching.purging.purge": "cms.delivery.caching.purging.purge",
    f"{_FORMER}.delivery.tasks.refresh_pending": "cms.delivery.publishing.backlog.refresh_pending",
    f"{_FORMER}.delivery.webhooks.turns.take_turn": "cms.delivery.webhooks.turns.deliver_next",
    f"{_FORMER}.exchange.jobs.run_job": "cms.exchange.jobs.run_job",
    f"{_FORMER}.export.jobs.run_export": "cms.export.downloads.jobs.run_export",
    f"{_FORMER}.export.mirror.tasks.update_mirror": "cms.export.mirror.tasks.update_mirror",
}
"""Each task that a queue may hold, by its former path."""

LOG_ACTIONS: Final = {
    f"{_FORMER}_export.{action}": f"cms_export.{action}"
    for action in ("made", "fetched", "deleted", "cleared")
}
"""Each action in the log of the site, by its former name."""


def name_task_anew(instance: Any, **kwargs: Any) -> None:
    """Has a queued task found where it is now: a receiver of ``post_init``.

    The stored row keeps its path. A worker of the former code that is still running during an
    upgrade can take it, and what that code queues after ``migrate`` is found as well.
    """
    # What is deferred is not there, and is not fetched for this.
    former = vars(instance).get("task_path")
    if former in TASKS:
        instance.task_path = TASKS[former]
