"""Files that are being written or read in the background."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.common.background_jobs import BackgroundJob


def private_storage() -> Storage:
    """The storage of the files, not under the media address: they hold what is not published."""
    return FileSystemStorage(location=Path(settings.DATA_DIR) / "exchange", base_url=None)


class Job(BackgroundJob):
    """One file for translators, out or in.

    Attributes:
        options: of an export the fields of a ``Selection`` but its language, of an import
            ``dry_run``, ``publish`` and ``accept_identical``.
        report: of an import: one ``[outcome, line, title, field, source, reason]`` for each
            string that somebody should look at.
        counts: of an import: strings by outcome; of an export: ``documents`` and ``units``.
    """

    class Kind(models.TextChoices):
        """The directions of a file."""

        EXPORT = "export", _("export")
        IMPORT = "import", _("import")

    kind = models.CharField(max_length=6, choices=Kind)
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    file = models.FileField(storage=private_storage, upload_to="", blank=True)
    report: Any = models.JSONField(default=list)
