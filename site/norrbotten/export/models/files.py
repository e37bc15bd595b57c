"""Files that somebody has asked for in the admin."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from norrbotten.exchange.work import Work
from norrbotten.export.parallel.strings import ParallelQuery


def private_storage() -> Storage:
    """Where the files lie: not under the media address, for they may hold drafts."""
    return FileSystemStorage(location=Path(settings.DATA_DIR) / "exports", base_url=None)


class ExportFile(Work):
    """One file, asked for by one person, that waits to be fetched.

    Attributes:
        options: ``languages``, ``types`` and ``published`` as they were chosen, and in ``open`` the
            languages whose drafts may be in the file, once it is made.
        counts: ``units``: how many texts the file has.
    """

    file = models.FileField(storage=private_storage, upload_to="", blank=True)

    class Meta(Work.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.format.upper()} · {self.name}"

    def query(self, open_languages: frozenset[str]) -> ParallelQuery:
        """What was asked for, as far as whoever asks may see it."""
        return ParallelQuery(
            tuple(self.options["languages"]),
            tuple(self.options["types"]),
            frozenset() if self.options["published"] else open_languages,
        )

    def remove(self) -> None:
        """Deletes it with its file."""
        if self.file:
            self.file.delete(save=False)
        self.delete()
