"""Steps that the building of any site has in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import override_settings

from cms.delivery.publishing.backlog import render_backlog


@contextmanager
def media_in(folder: Path) -> Iterator[None]:
    """Keep images and documents in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # What is written twice keeps its name, so that addresses are the same in each run.
        "OPTIONS": {"location": str(folder), "allow_overwrite": True},
    }
    with override_settings(STORAGES=settings.STORAGES | {"default": files}):
        yield


def settle() -> None:
    """Render what a large change left to the worker, and let the database know its sizes."""
    render_backlog()
    analyze()


def analyze() -> None:
    """Let PostgreSQL count what a transaction has put in; it takes tables for empty otherwise."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
