"""Work that waits for the worker."""

from django_tasks import task

from norrbotten.delivery.pending import work_off


@task(backend="background")
def refresh_pending() -> int:
    """Renders what large changes have touched; returns how many documents changed."""
    return work_off()
