"""The order of changes, what has gone, and what is still to be rendered anew."""

import uuid

from django.db import models


class Feed(models.Model):
    """The one row that numbers changes.

    Whoever changes documents first adds to ``last_sequence`` and so holds the row until the
    transaction ends: numbers are given in the order in which transactions end, and a reader never
    passes one that comes later.

    Attributes:
        identity: part of every cursor, so that one from another database is recognised.
        last_sequence: the number of the latest change.
        forgotten_sequence: removals up to this number are no longer kept.
        fingerprint: of the settings and the schema that documents were last rendered with.
    """

    identity = models.UUIDField(default=uuid.uuid4)
    last_sequence = models.BigIntegerField(default=0)
    forgotten_sequence = models.BigIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.last_sequence}"


class Removal(models.Model):
    """A document that is no longer live, for those who have it.

    Attributes:
        digest, modified_at: of the document as it was; when the same comes back, it has changed
            at no other time.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    type = models.CharField(max_length=100)
    path = models.TextField(null=True)  # noqa: DJ001 - a snippet has none
    sequence = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64, default="")
    modified_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="one_removal_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key} ({self.locale})"


class PendingRefresh(models.Model):
    """Documents that a large change may have touched, to be rendered anew by the worker.

    Until then they are served as they were. ``token`` is one of ``DocumentToken``'s, or ``all``.

    Attributes:
        done_up_to: id of the last document that was looked at, so that work that was interrupted
            goes on where it stopped.
    """

    token = models.CharField(max_length=48, unique=True)
    done_up_to = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.token
