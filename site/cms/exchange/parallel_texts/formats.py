"""File formats of parallel texts, for people and their programs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cms.common.atomic_files import replaced_file
from cms.common.foreign_files import refuse_foreign_file
from cms.common.progress import ReportDone
from cms.exchange.formats.format import PRODUCT
from cms.exchange.parallel_texts.strings import ParallelQuery
from cms.exchange.parallel_texts.tables import csv_writing, xlsx_writing
from cms.exchange.parallel_texts.tmx import writing as corpus


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file.

    Attributes:
        name: as a form in the admin names it; with a dot before it, the ending of a file.
        label: for a person.
        is_public: whether it holds what is public alone, whoever asks.
        marks: by which a file of it is known; see :func:`refuse_foreign_file`.
        write: writes a file and returns how many strings it has.
    """

    name: str
    label: Any
    content_type: str
    is_public: bool
    marks: tuple[str, ...]
    write: Callable[[ParallelQuery, Path, ReportDone], int]


FORMS: Final[dict[str, Form]] = {
    form.name: form
    for form in (
        Form(
            "xlsx",
            _("Excel (XLSX), side by side"),
            xlsx_writing.CONTENT_TYPE,
            is_public=False,
            marks=(PRODUCT,),
            write=xlsx_writing.write_xlsx,
        ),
        Form(
            "csv",
            _("CSV, side by side"),
            csv_writing.CONTENT_TYPE,
            is_public=False,
            marks=(csv_writing.BEGINNING,),
            write=csv_writing.write_csv,
        ),
        Form(
            "tmx",
            _("TMX 1.4b, what is published"),
            corpus.CONTENT_TYPE,
            is_public=True,
            marks=(PRODUCT,),
            write=corpus.write_corpus,
        ),
    )
}
"""By name."""


class UnknownForm(LookupError):
    """Raised for a file whose ending stands for no format."""

    def __init__(self, name: str) -> None:
        known = ", ".join(f".{one}" for one in FORMS)
        super().__init__(f"{name} ends with none of: {known}.")


def form_of(path: Path) -> Form:
    """The format for which a file's ending stands.

    Raises:
        UnknownForm: it stands for none.
    """
    form = FORMS.get(path.suffix.removeprefix(".").lower())
    if form is None:
        raise UnknownForm(path.name)
    return form


def write_form(form: Form, query: ParallelQuery, path: Path, progress: ReportDone) -> int:
    """Writes a file, whole or not at all; returns how many strings it has.

    Raises:
        ForeignFile: another program's file is there.
        OSError: it cannot be written.
    """
    refuse_foreign_file(path, *form.marks)
    with replaced_file(path) as beside:
        return form.write(query, beside, progress)
