"""The one row that says how far the work on addresses is."""

from typing import Final

from django.db import models

_THE_ONE: Final = 1


class Progress(models.Model):
    """The progress of gathering and checking.

    Attributes:
        feed: identity of the change feed that is followed.
        documents_up_to: sequence of the last document whose addresses were gathered.
        removals_up_to: sequence of the last removal that was heeded.
        answered_at: when a server out there last answered anything at all.
        turn_at: when the task was queued that is waiting or at work; ``None`` where there is none.
    """

    feed = models.UUIDField(null=True)
    documents_up_to = models.BigIntegerField(default=0)
    removals_up_to = models.BigIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    turn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.documents_up_to}"

    @classmethod
    def load(cls) -> "Progress":
        """The row."""
        return cls._default_manager.get_or_create(pk=_THE_ONE)[0]
