"""The kinds of files that somebody may have made in the admin, and what each asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page

from cms.common.progress import ReportProgress
from cms.delivery.publishing.read_snapshot import read_snapshot
from cms.exchange.parallel_texts.formats import FORMS, Form
from cms.exchange.parallel_texts.reading import parallel_sources
from cms.exchange.parallel_texts.strings import ParallelQuery, chosen_languages
from cms.export.bundle.contents import Selection, chosen_documents
from cms.export.bundle.writing import BundleOptions, file_count, write_bundle
from cms.export.downloads.choices import Choice
from cms.export.downloads.models import Kind
from cms.export.open_data import indicators
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Made:
    """Counts of what a file holds.

    Attributes:
        counts: numbers by the names in :data:`cms.export.downloads.models.COUNTED`.
        message: what else there is to say to whoever asked.
    """

    counts: dict[str, int]
    message: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of file.

    Attributes:
        label: for a person who chooses.
        help_text: what is in it and what it is good for.
        asks: names of the options that it has; see :func:`cms.export.downloads.choices.choice_of`.
        stem: how the names of its files begin.
        ending: and end, without the dot.
        is_public: whether it holds what is public alone, whoever asks.
        write: writes a file, of as much as is chosen.
    """

    kind: Kind
    label: Any
    help_text: Any
    asks: frozenset[str]
    stem: str
    ending: str
    content_type: str
    is_public: bool
    write: Callable[[Choice, Path, ReportProgress], Made]

    @property
    def is_parallel(self) -> bool:
        """Tells whether the source language is in it whatever is chosen, beside others."""
        return self.kind.value in FORMS

    def languages(self, choice: Choice) -> list[str]:
        """Codes of the languages that are in it, in the order of the registry."""
        if "language" in self.asks:
            return [choice.language]
        chosen = {*choice.languages, *([SOURCE_LANGUAGE_CODE] if self.is_parallel else [])}
        return [code for code in LANGUAGES if not choice.languages or code in chosen]


def held_pages(choice: Choice) -> frozenset[int]:
    """Ids of the pages whose texts a file may hold, as things stand."""
    if not choice.open_languages:
        public = chosen_documents(Selection(types=choice.types)).order_by()
        return frozenset(filter(None, public.values_list("page_id", flat=True)))
    query = _query(choice)
    pages = Page.objects.filter(
        translation_key__in=parallel_sources(query).values("object"),
        locale__language_code__in=[SOURCE_LANGUAGE_CODE, *query.languages],
    )
    return frozenset(pages.order_by().values_list("pk", flat=True))


def _query(choice: Choice) -> ParallelQuery:
    languages = chosen_languages(list(choice.languages))
    return ParallelQuery(languages, choice.types, choice.open_languages, choice.unreadable)


def _write_texts(form: Form, choice: Choice, path: Path, progress: ReportProgress) -> Made:
    query = _query(choice)
    total = parallel_sources(query).count()
    return Made({"units": form.write(query, path, lambda done: progress(done, total))})


def _write_bundle(choice: Choice, path: Path, progress: ReportProgress) -> Made:
    selection = Selection(tuple(sorted(choice.languages)), tuple(sorted(choice.types)))
    options = BundleOptions(selection, with_media=choice.with_media)
    total, begun = file_count(options), 0

    def advance(name: str) -> None:
        nonlocal begun
        progress(begun, total)
        begun += 1

    # It is the same in whatever language somebody works.
    with override(None):
        written = write_bundle(path, options, advance)
    progress(begun, begun)
    counts = {"documents": written.documents, "files": written.files}
    if not written.absent:
        return Made(counts)
    message = _(
        "These files are missing in the storage, and here: %(names)s. Choose each anew under "
        "Images or Documents."
    ) % {"names": ", ".join(written.absent)}
    return Made(counts | {"missing": len(written.absent)}, message)


def _write_indicators(choice: Choice, path: Path, progress: ReportProgress) -> Made:
    with read_snapshot():
        values = indicators.write_indicators(
            choice.language, path, indicators.decimal_of(choice.language)
        )
    progress(values, values)
    return Made({"values": values})


def _texts(kind: Kind, help_text: Any) -> Offer:
    form = FORMS[kind.value]
    asks = {"languages", "types"} if form.is_public else {"languages", "types", "published"}
    return Offer(
        kind,
        form.label,
        help_text,
        frozenset(asks),
        "texts",
        form.name,
        form.content_type,
        form.is_public,
        partial(_write_texts, form),
    )


OFFERS: Final[dict[str, Offer]] = {
    offer.kind.value: offer
    for offer in (
        _texts(
            Kind.XLSX,
            gettext_lazy(
                "Every text beside its translations, for who reviews side by side. Colours say how "
                "far each is."
            ),
        ),
        _texts(Kind.CSV, gettext_lazy("Every text beside its translations, for programs.")),
        _texts(
            Kind.TMX,
            gettext_lazy(
                "Every text with those of its translations that are published and up to date, for "
                "translation programs and research."
            ),
        ),
        Offer(
            Kind.BUNDLE,
            gettext_lazy("Bundle (ZIP), everything that is published, as documents"),
            gettext_lazy(
                "What readers see, in files that can be checked and kept, and from which others "
                "build a site. Of all languages and types it can be brought into another site of "
                "this kind."
            ),
            frozenset({"languages", "types", "with_media"}),
            "content",
            "zip",
            "application/zip",
            is_public=True,
            write=_write_bundle,
        ),
        Offer(
            Kind.INDICATORS,
            gettext_lazy("Indicators (CSV), a row for each value"),
            gettext_lazy(
                "What was measured, and the goals' baselines and targets, with units and sources."
            ),
            frozenset({"language"}),
            "indicators",
            "csv",
            indicators.CONTENT_TYPE,
            is_public=True,
            write=_write_indicators,
        ),
    )
}
"""By the value of their kind, in the order in which they are offered."""
