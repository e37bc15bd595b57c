"""Files that are being written or read in the background."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


def private_storage() -> Storage:
    """Where the files lie: not under the media address, for they hold what is not published."""
    return FileSystemStorage(location=Path(settings.DATA_DIR) / "exchange", base_url=None)


class Job(models.Model):
    """One file, out or in, with how far it has come.

    Attributes:
        options: what was asked for: of an export the fields of a ``Selection`` but its language,
            of an import ``dry_run`` and ``publish``.
        done: pages and facts that are written or read, of ``total``.
        report: of an import: one ``[outcome, line, title, field, source, reason]`` for each
            string that somebody should look at.
        counts: of an import: strings by outcome; of an export: ``documents`` and ``units``.
        message: why it failed, or what else there is to say.
        seen_at: when the worker last gave a sign of life.
    """

    class Kind(models.TextChoices):
        """Which way the file goes."""

        EXPORT = "export", _("export")
        IMPORT = "import", _("import")

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=6, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="exchange_jobs"
    )
    name = models.CharField(max_length=255)
    format = models.CharField(max_length=8, blank=True)
    options = models.JSONField(default=dict)
    file = models.FileField(storage=private_storage, upload_to="", blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report: Any = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def is_silent(self) -> bool:
        """Whether it should be running and nobody has heard of it for a while."""
        age = timezone.now() - self.seen_at
        return not self.is_finished and age.total_seconds() > 120

    @property
    def share(self) -> int:
        """How much of it is done, in per cent."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    def note(self, done: int, total: int) -> None:
        """Says how far it is, for whoever looks at it from elsewhere."""
        self.done, self.total, self.seen_at = done, total, timezone.now()
        self.save(update_fields=["done", "total", "seen_at"])
