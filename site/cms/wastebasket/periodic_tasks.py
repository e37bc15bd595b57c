"""Upkeep of the wastebasket by ``manage.py keep_publishing``."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from cms.wastebasket.models import DeletedPage

AT_A_TURN: Final = 200
"""Pages; what is more waits for the next turn, some seconds later."""


def remove_old() -> None:
    """Removes for good what was deleted more than ``WASTEBASKET_DAYS`` ago."""
    long_ago = timezone.now() - timedelta(days=settings.WASTEBASKET_DAYS)
    old = DeletedPage.objects.filter(deleted_at__lt=long_ago).order_by("deleted_at")
    DeletedPage.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:AT_A_TURN])).delete()
