"""Files that somebody has asked for in the admin."""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.common.background_jobs import BackgroundJob
from cms.export.downloads.choices import Choice, choice_of


def private_storage() -> Storage:
    """The storage of the files: not under the media address, for they may hold drafts."""
    return FileSystemStorage(location=Path(settings.DATA_DIR) / "exports", base_url=None)


HALF_MADE: Final = ".making-"
"""How the names of the folders begin, beside the files, in which files are made."""


class Kind(models.TextChoices):
    """The kinds of files, with what they are called in short."""

    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    TMX = "tmx", "TMX"
    BUNDLE = "bundle", _("Bundle (ZIP)")
    INDICATORS = "measures", _("Indicators (CSV)")


COUNTED: Final[dict[str, Any]] = {
    "units": ngettext_lazy("%(number)d text", "%(number)d texts", "number"),
    "documents": ngettext_lazy("%(number)d document", "%(number)d documents", "number"),
    "files": ngettext_lazy("%(number)d file", "%(number)d files", "number"),
    "missing": ngettext_lazy("%(number)d file missing", "%(number)d files missing", "number"),
    "values": ngettext_lazy("%(number)d value", "%(number)d values", "number"),
}
"""What is counted of what a file holds, by the name in ``counts``."""


class ExportFile(BackgroundJob):
    """One file, asked for by one person, that waits to be fetched.

    Attributes:
        format: a :class:`Kind`.
        name: the languages that are in it.
        options: what was chosen, see :mod:`cms.export.downloads.choices`, and in ``open`` the
            languages whose drafts may be in the file, once it is made.
        counts: how much the file holds, by the names in ``COUNTED``; ``bytes``: how large it is.
    """

    file = models.FileField(storage=private_storage, upload_to="", blank=True)

    class Meta(BackgroundJob.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.kind_name} · {self.languages_name}"

    @property
    def kind_name(self) -> str:
        """The short name of its kind."""
        return str(Kind(self.format).label)

    @property
    def languages_name(self) -> str:
        """The languages that are in it, for a person."""
        return str(_("all languages")) if self.options.get("languages") == [] else self.name

    @property
    def contents(self) -> str:
        """The amount of what it holds, for a person; empty until it is made."""
        return ", ".join(
            counted % {"number": self.counts[name]}
            for name, counted in COUNTED.items()
            if name in self.counts
        )

    def choice(self, open_languages: frozenset[str]) -> Choice:
        """The choices of it, as far as whoever asks may see them."""
        return choice_of(self.options, open_languages)

    @property
    def was_cleared(self) -> bool:
        """Tells whether it was made and then had to make room for newer ones."""
        return self.state == self.State.DONE and not self.file

    def on_disk(self) -> tuple[float, int]:
        """Time of writing, in seconds, and size of its file; zeros where it is gone."""
        try:
            found = Path(self.file.path).stat()
        except FileNotFoundError:
            return 0.0, 0
        return found.st_mtime, found.st_size

    def clear(self) -> None:
        """Deletes its file alone."""
        self.file.delete(save=False)
        # Somebody may be deleting the rest of it meanwhile, which then does not come back.
        type(self).objects.filter(pk=self.pk).update(file="")

    def remove(self) -> None:
        """Deletes it with its file."""
        if self.file:
            self.file.delete(save=False)
        self.delete()
