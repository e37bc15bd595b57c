"""Writes a bundle, or an increment on one, from one snapshot of the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cms.common.progress import ReportFile
from cms.common.site_address import one_site_address
from cms.delivery.http.cursors import change_cursor
from cms.delivery.publishing.read_snapshot import read_snapshot
from cms.delivery.publishing.sequence import current_sequence
from cms.export.bundle import apply_increment, check_bundle
from cms.export.bundle.contents import (
    Selection,
    content_file,
    counts,
    lines,
    removed,
    shown_files,
    types,
)
from cms.export.bundle.destination import Destination, Measured, destination
from cms.export.bundle.editable.files import line, source_records
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.media import MediaFile, is_there, media_files, pieces
from cms.export.bundle.runs import Runs
from cms.export.bundle.schemas import openapi, readable, schemas
from cms.export.bundle.since import Base
from cms.export.models import OpenData
from cms.languages.registry import LANGUAGES, NO_LANGUAGE, SOURCE_LANGUAGE_CODE, fallback_chain

PRODUCT = "strategy-cms"
PROGRAMS = (check_bundle.__file__, apply_increment.__file__)
"""What is in every bundle for whoever takes it."""


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """The options of a bundle.

    Attributes:
        with_media: whether the files that documents show are in it.
        private: with what is not published or restricted, and all files.
        base: the bundle of which only what has changed since is written.
    """

    selection: Selection = field(default_factory=Selection)
    with_media: bool = False
    private: bool = False
    base: Base | None = None


@dataclass(slots=True)
class Written:
    """Counts of what was written.

    Attributes:
        size: bytes of all files, before they are compressed.
        absent: names of files that the storage should have and has not.
    """

    documents: int = 0
    files: int = 0
    size: int = 0
    absent: list[str] = field(default_factory=list)


def write_bundle(out: Path, options: BundleOptions, advance: ReportFile) -> Written:
    """Writes a bundle to a folder, or to a .zip by its ending; it is there when it is whole.

    Raises:
        OSError: it cannot be written there.
        ForeignFile: something that is no bundle stands there.
    """
    with destination(out) as bundle, read_snapshot(), one_site_address():
        return _Writer(bundle, options, advance).write()


def file_count(options: BundleOptions) -> int:
    """The number of files that a bundle will have as things stand, but for its manifest."""
    selection = options.selection
    shapes = len(types(selection)) + 1
    number = len(counts(selection)) + shapes + len(PROGRAMS)
    if selection.is_everything:
        scope = Scope(private=options.private)
        number += sum(1 for _file in source_records(scope, with_media=options.with_media))
    if options.with_media:
        number += sum(1 for _file in _media_of(options))
    return number


def _media_of(options: BundleOptions) -> Iterator[MediaFile]:
    if options.private:
        return media_files(None, None)
    return media_files(*(shown_files(options.selection, kind) for kind in ("image", "file")))


class _Writer:
    """Writes each part.

    Attributes:
        whole: what a fresh bundle would be; of a bundle that is none since another, it itself.
    """

    def __init__(self, bundle: Destination, options: BundleOptions, advance: ReportFile) -> None:
        self.bundle, self.options, self.advance = bundle, options, advance
        self.whole = bundle if options.base is None else Destination(Measured())
        self.written = Written()

    def write(self) -> Written:
        self._content()
        self._schemas()
        if self.options.selection.is_everything:
            self._source()
        if self.options.with_media:
            self._media()
        for program in PROGRAMS:
            path = Path(program or "")
            self._small(path.name, path.read_bytes())
        manifest = self._manifest()
        self.bundle.write_unlisted(check_bundle.MANIFEST, readable(manifest, in_order=False))
        self.written.files = len(self.bundle.files)
        self.written.size = sum(file["size"] for file in self.bundle.files)
        return self.written

    def _content(self) -> None:
        selection, base = self.options.selection, self.options.base
        counted = counts(selection)
        for code in (*LANGUAGES, NO_LANGUAGE):
            if code in counted:
                self._announced(content_file(code), lines(selection, code), self.whole)
        self.written.documents = sum(counted.values())
        if base is None:
            return
        since = replace(selection, after=base.sequence)
        counted = counts(since)
        for code in counted:
            self._announced(content_file(code), lines(since, code), self.bundle)
        self.written.documents = sum(counted.values())
        self._announced(apply_increment.REMOVED, removed(since), self.bundle)

    def _announced(self, name: str, content: Any, place: Destination) -> None:
        self.advance(name)
        place.write(name, content)

    def _small(self, name: str, content: bytes) -> None:
        """Writes a small file that increments have too, so that each can be checked."""
        self.advance(name)
        entry = self.bundle.write(name, [content])
        if self.options.base is not None:
            self.whole.files.append(entry)

    def _schemas(self) -> None:
        for label, schema in schemas(types(self.options.selection)):
            self._small(f"schema/{label}.json", schema)
        self._small("schema/openapi.json", openapi())

    def _source(self) -> None:
        """Writes the editable form, always whole: a part could not be imported."""
        scope, base = Scope(private=self.options.private), self.options.base
        for name, records in source_records(scope, with_media=self.options.with_media):
            self.advance(name)
            runs = Runs(name, map(line, records), self.whole)
            if base is None:
                runs.store()
            else:
                runs.store_new(self.bundle, base.runs(name))

    def _media(self) -> None:
        base = self.options.base
        for file in _media_of(self.options):
            if not is_there(file.name):
                self.written.absent.append(file.name)
                continue
            name = f"media/{file.name}"
            self.advance(name)
            if base is not None and (kept := base.media(name, file)):
                self.whole.files.append(kept)
                continue
            more = {"url": file.url}
            entry = self.bundle.write(name, pieces(file.name), **more)
            if base is not None:
                self.whole.files.append(entry)

    def _manifest(self) -> dict[str, Any]:
        selection, base = self.options.selection, self.options.base
        counted = counts(selection)
        manifest = {
            "format": check_bundle.FORMAT,
            "product": product(),
            "cursor": change_cursor(current_sequence().last_sequence),
            "licence": licence(),
            "source_language": SOURCE_LANGUAGE_CODE,
            "languages": [
                {
                    "code": language.code,
                    "name": language.name,
                    "direction": language.direction,
                    "fallbacks": list(fallback_chain(language.code)),
                    "documents": counted.get(language.code, 0),
                }
                for language in LANGUAGES.values()
                if not selection.locales or language.code in selection.locales
            ],
            "without_language": counted.get(NO_LANGUAGE, 0),
            "types": types(selection),
            "selection": selected(self.options),
            "files": _in_order(self.bundle),
        }
        if base is not None:
            manifest["since"] = base.cursor
            manifest["whole"] = _in_order(self.whole)
        return manifest


def product() -> dict[str, str]:
    """The product that wrote a bundle."""
    return {"name": PRODUCT, "version": version(PRODUCT)}


def licence() -> str | None:
    """The address of the licence of the content; ``None`` while nobody has chosen one."""
    return OpenData.objects.values_list("licence", flat=True).first() or None


def selected(options: BundleOptions) -> dict[str, Any]:
    """The part of a manifest on what was chosen."""
    return {
        "locales": sorted(options.selection.locales),
        "types": sorted(options.selection.types),
        "media": options.with_media,
        "private": options.private,
    }


def _in_order(place: Destination) -> list[dict[str, Any]]:
    return sorted(place.files, key=lambda file: str(file["path"]))
