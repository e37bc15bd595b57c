"""What is done for files again and again, by ``manage.py keep_publishing``."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from norrbotten.export.models import ExportFile


def clear() -> None:
    """Deletes files that are older than ``EXPORTS_KEPT_DAYS``."""
    long_ago = timezone.now() - timedelta(days=settings.EXPORTS_KEPT_DAYS)
    for job in ExportFile.objects.filter(created_at__lt=long_ago):
        job.remove()
