"""Upkeep of files by ``manage.py keep_publishing``."""

import shutil
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from cms.export.downloads.disk_quota import enforce_disk_quota
from cms.export.downloads.models import HALF_MADE
from cms.export.models import ExportFile

_LONGEST_MAKING: Final = 24 * 3600.0
"""Seconds."""


def clear() -> None:
    """Deletes what is too old or too much, and what died while it was made.

    The limits are ``EXPORTS_KEPT_DAYS`` and ``EXPORTS_KEPT_MEGABYTES``.
    """
    long_ago = timezone.now() - timedelta(days=settings.EXPORTS_KEPT_DAYS)
    for job in ExportFile.objects.filter(created_at__lt=long_ago):
        job.remove()
    enforce_disk_quota()
    for folder in (Path(settings.DATA_DIR) / "exports").glob(f"{HALF_MADE}*"):
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > _LONGEST_MAKING:
                shutil.rmtree(folder)
