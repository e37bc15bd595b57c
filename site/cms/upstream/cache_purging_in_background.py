"""Wagtail's own purging of a page's address waits for the cache; this lets the worker wait.

Wagtail 8.0 purges within the request that publishes, on the default tasks' back end, and its HTTP
back end has no time limit: a cache that hangs would hang the editor. Delete this once
``WAGTAILFRONTENDCACHE`` can name the tasks' back end.
"""

from wagtail.contrib.frontend_cache import tasks
from wagtail.contrib.frontend_cache.utils import get_backends


def purge_in_the_background() -> None:
    """Has Wagtail's task done by the worker, where there is a cache to purge at all."""
    if get_backends():
        tasks.purge_urls_from_cache_task = tasks.purge_urls_from_cache_task.using(
            backend="background"
        )
