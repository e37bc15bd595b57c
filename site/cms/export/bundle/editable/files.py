"""The files of the editable form, in the order in which they are read back."""

from collections.abc import Iterable, Iterator

from cms.content.api.json_text import as_json
from cms.export.bundle.editable.lines import all_snippet_records, file_records, page_records
from cms.export.bundle.editable.records import Record
from cms.export.bundle.editable.scope import Scope
from cms.export.bundle.editable.site import site_record
from cms.export.bundle.editable.translations import translation_records

SITE = "source/site.json"
IMAGES = "source/images.ndjson"
DOCUMENTS = "source/documents.ndjson"
SNIPPETS = "source/snippets.ndjson"
PAGES = "source/pages.ndjson"
TRANSLATIONS = "source/translations.ndjson"


def source_records(scope: Scope, *, with_media: bool) -> Iterator[tuple[str, Iterable[Record]]]:
    """Each file with its records, which are made while it is written."""
    yield SITE, [site_record(scope)]
    yield IMAGES, file_records(scope, "image", with_media=with_media)
    yield DOCUMENTS, file_records(scope, "document", with_media=with_media)
    yield SNIPPETS, all_snippet_records(scope)
    yield PAGES, page_records(scope)
    yield TRANSLATIONS, translation_records(scope)


def line(record: Record) -> bytes:
    """A record as it is written, a line of its own."""
    return as_json(record) + b"\n"
