"""Lets the worker wait for a cache that purges a page's address.

Wagtail 8.0.1 purges within the request that publishes, on the default tasks' back end, and its HTTP
back end has no time limit: a cache that hangs would hang the editor. Here the task goes to the back
end whose tasks the worker does. May go when ``WAGTAILFRONTENDCACHE`` can name the tasks' back end.
"""

from typing import Any

from wagtail.contrib.frontend_cache.utils import get_backends

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.contrib.frontend_cache.tasks:purge_urls_from_cache_task",
            "9ff348b8ff8f8130602c38888bdc618fa8ed76c1336bf62f33e92d55c3e60cd8",
            in_background,
        )
    )


def in_background(task: Any) -> Any:
    """The task as the worker does it, where there is a cache to purge at all."""
    return task.using(backend="background") if get_backends() else task
