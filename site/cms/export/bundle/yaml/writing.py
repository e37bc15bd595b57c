"""Writes a bundle that people read and change: the editable form alone, without hashes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cms.common.site_address import one_site_address
from cms.delivery.publishing.read_snapshot import read_snapshot
from cms.export.bundle.check_bundle import FORMAT, MANIFEST
from cms.export.bundle.contents import Selection, shown_files
from cms.export.bundle.destination import Destination, destination
from cms.export.bundle.editable.lines import all_snippet_records, file_records, page_records
from cms.export.bundle.editable.records import Record
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.site import site_record
from cms.export.bundle.editable.translations import translation_records
from cms.export.bundle.media import is_there, original_files, pieces
from cms.export.bundle.schemas import readable
from cms.export.bundle.writing import Written, licence, product
from cms.export.bundle.yaml import layout
from cms.export.bundle.yaml.defaults import content, document, image, omit_defaults, translation
from cms.export.bundle.yaml.yaml_text import as_yaml
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE

_GIVEN = ("type", "key", "locale", "order")
"""What a page begins with."""


def write_readable(
    out: Path, advance: Callable[[str], None], *, with_media: bool, private: bool
) -> Written:
    """Writes a readable bundle to a folder, which is there when it is whole.

    Unlike the form for programs it holds the places of all pages in memory: it is for as much as
    people read.

    Args:
        with_media: with the images and files that were put there, without what is made of them.
        private: see :class:`cms.export.bundle.writing.BundleOptions`.

    Raises:
        OSError: it cannot be written there.
        ForeignFile: something that is no bundle stands there.
    """
    scope = Scope(private=private)
    with destination(out) as bundle, read_snapshot(), one_site_address():
        writer = _Writer(bundle, advance)
        writer.write(layout.SITE, site_record(scope))
        for kind, treat in (("image", image), ("document", document)):
            records = file_records(scope, kind, with_media=with_media)
            writer.write(layout.FILES[kind], [treat(one, omit_defaults) for one in records])
        writer.snippets(all_snippet_records(scope))
        writer.pages(page_records(scope))
        writer.translations(translation_records(scope))
        absent = writer.media(private=private) if with_media else []
        bundle.write_unlisted(MANIFEST, readable(_manifest(with_media, private), in_order=False))
    size = sum(written["size"] for written in bundle.files)
    return Written(writer.documents, len(bundle.files), size, absent)


def _manifest(with_media: bool, private: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "form": layout.READABLE,
        "product": product(),
        "licence": licence(),
        "source_language": SOURCE_LANGUAGE_CODE,
        "languages": list(LANGUAGES),
        "selection": {"media": with_media, "private": private},
    }


class _Writer:
    """Writes each part.

    Attributes:
        documents: pages and snippets, each language for itself.
    """

    def __init__(self, bundle: Destination, advance: Callable[[str], None]) -> None:
        self.bundle, self.advance = bundle, advance
        self.paths = layout.PagePaths()
        self.documents = 0

    def write(self, name: str, value: Any) -> None:
        self.advance(name)
        self.bundle.write(name, [as_yaml(value)])

    def snippets(self, records: Iterable[Record]) -> None:
        """A file for each type and language."""
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            name = f"{layout.SNIPPETS}/{record['type']}/{record['locale']}{layout.ENDING}"
            groups[name].append(content(record, omit_defaults))
            self.documents += 1
        for name, group in groups.items():
            self.write(name, group)

    def pages(self, records: Iterable[Record]) -> None:
        """A file for each, in the folder of the one above it."""
        for record in records:
            path, position = self.paths.place(record)
            made = content({**record, "order": position}, omit_defaults)
            if layout.says_nothing(record["locale"], position, record["position"]):
                del made["position"]
            # The folder says it.
            del made["parent"]
            first = {name: made.pop(name) for name in _GIVEN}
            self.write(f"{layout.PAGES}/{path}{layout.ENDING}", first | made)
            self.documents += 1

    def translations(self, records: Iterable[Record]) -> None:
        """A file for each page at the place of the page, and one for each type of snippet."""
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            made = translation(record, omit_defaults)
            if path := self.paths.of(record):
                self.write(f"{layout.TRANSLATIONS}/{path}{layout.ENDING}", made)
            else:
                groups[record["type"]].append(made)
        for label, group in groups.items():
            self.write(f"{layout.TRANSLATIONS}/{label}{layout.ENDING}", group)

    def media(self, *, private: bool) -> list[str]:
        """The files themselves; returns the names of those that the storage has lost."""
        absent = []
        kinds = ("image", "file")
        shown: Any = (None, None) if private else (shown_files(Selection(), one) for one in kinds)
        for original in original_files(*shown):
            if not is_there(original.name):
                absent.append(original.name)
                continue
            name = f"{layout.MEDIA}/{original.name}"
            self.advance(name)
            self.bundle.write(name, pieces(original.name))
        return absent
