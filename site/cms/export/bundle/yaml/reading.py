"""Reads a readable bundle as the importer reads any other: records in order, with their places."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cms.export.bundle.check_bundle import MANIFEST, BadBundle, Bundle, read_manifest
from cms.export.bundle.editable import files
from cms.export.bundle.editable.records import Record
from cms.export.bundle.editable.references import reference
from cms.export.bundle.editable.shapes import snippet_models
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.yaml import layout
from cms.export.bundle.yaml.defaults import (
    apply_defaults,
    content,
    document,
    image,
    translation,
)
from cms.export.bundle.yaml.yaml_text import NoYaml, parsed_yaml

LARGEST = 16 * 1024 * 1024
"""Bytes of a file of texts; of one that people read."""

Found = Iterator[tuple[FilePosition, Any]]


def open_bundle(path: Path) -> Bundle:
    """A bundle, in whichever form it is.

    Raises:
        BadBundle: it is none.
    """
    manifest = path / MANIFEST
    if manifest.is_file():
        with manifest.open("rb") as text:
            if read_manifest(text, MANIFEST).get("form") == layout.READABLE:
                return ReadableBundle(path)
    return Bundle(path)


class ReadableBundle(Bundle):
    """A folder that people change. Its manifest lists no files: what is there is what it holds."""

    def records(self, name: str) -> Found:
        """The records that are in a file of that name in the form for programs.

        Raises:
            BadBundle: one is not YAML.
            RefusedBundle: a page lies where no page is.
        """
        readers: dict[str, Callable[[], Found]] = {
            files.SITE: lambda: self._values(layout.SITE),
            files.IMAGES: lambda: self._treated(layout.FILES["image"], image),
            files.DOCUMENTS: lambda: self._treated(layout.FILES["document"], document),
            files.SNIPPETS: self._snippets,
            files.PAGES: self._pages,
            files.TRANSLATIONS: self._translations,
        }
        yield from readers[name]()

    def _entries(self) -> Iterator[dict[str, Any]]:
        for name in self.names():
            path = self.path / name
            if name.startswith(f"{layout.MEDIA}/"):
                with path.open("rb") as media:
                    digest = hashlib.file_digest(media, "sha256").hexdigest()
                yield {"path": name, "size": path.stat().st_size, "sha256": digest}
            elif name.startswith("source/"):
                if not layout.is_record_file(name):
                    raise BadBundle(f"{name}: nothing is read from here. Is the name right?")
                if path.stat().st_size > LARGEST:
                    raise BadBundle(f"{name}: it is larger than {LARGEST:,} bytes.")
                yield {"path": name, "size": path.stat().st_size, "sha256": ""}

    def _values(self, name: str) -> Found:
        """The entries of a file that is a list; of another its one value."""
        try:
            entries = parsed_yaml(self.read(name)) if name in self.files else []
        except NoYaml as error:
            raise BadBundle(f"{name}, line {error.line}: {error}") from error
        for line, value in entries:
            yield FilePosition(name, line), value

    def _treated(self, name: str, treat: Callable[[Record, Any], Record]) -> Found:
        for place, value in self._values(name):
            yield place, treat(value, apply_defaults) if isinstance(value, dict) else value

    def _below(self, folder: str) -> list[str]:
        return sorted(name for name in self.files if name.startswith(f"{folder}/"))

    def _snippets(self) -> Found:
        """Snippets, those first that others refer to; those of an unknown type come last."""
        labels = [model._meta.label for model in snippet_models()]
        order = {label: position for position, label in enumerate(labels)}

        def position(name: str) -> tuple[int, str]:
            return order.get(Path(name).parent.name, len(order)), name

        for name in sorted(self._below(layout.SNIPPETS), key=position):
            yield from self._treated(name, content)

    def _translations(self) -> Found:
        for name in self._below(layout.TRANSLATIONS):
            yield from self._treated(name, translation)

    def _pages(self) -> Found:
        """Pages, each after the one in whose folder it lies; siblings as ``order`` says."""
        names: dict[str, str] = {}
        order: dict[str, tuple[Any, ...]] = {}
        for path, place, record in self._page_files():
            names[path] = reference(str(record.get("key")), str(record.get("locale")))
            position = record.get("order", 0)
            if not isinstance(position, int):
                raise place.inside("order").refuse("a number is expected here.")
            order[path] = position, path

        def way(path: str) -> tuple[Any, ...]:
            above = layout.above(path)
            return (*way(above), order[path]) if above in order else (order[path],)

        for path in sorted(order, key=way):
            for place, record in self._values(_page_file(path)):
                above = layout.above(path)
                if above is not None and above not in names:
                    raise place.refuse(f"there is no page {_page_file(above)} above it.")
                rank = layout.rank_of(str(record.get("locale")), record.pop("order", None))
                parent = names[above] if above else None
                made = {"parent": parent, "position": rank, **record}
                yield place, content(made, apply_defaults)

    def _page_files(self) -> Iterator[tuple[str, FilePosition, Record]]:
        for name in self._below(layout.PAGES):
            for place, record in self._values(name):
                if not isinstance(record, dict):
                    raise place.refuse("a page is expected here.")
                path = name.removeprefix(f"{layout.PAGES}/").removesuffix(layout.ENDING)
                yield path, place, record


def _page_file(path: str) -> str:
    return f"{layout.PAGES}/{path}{layout.ENDING}"
