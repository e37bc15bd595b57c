"""The files of the editable form, in the order in which they are read back."""

from collections.abc import Iterable, Iterator

from norrbotten.content.api.writing import as_json
from norrbotten.export.source.lines import file_lines, page_lines, snippet_lines
from norrbotten.export.source.scope import Scope
from norrbotten.export.source.site import site_record
from norrbotten.export.source.translations import translation_lines

SITE = "source/site.json"
IMAGES = "source/images.ndjson"
DOCUMENTS = "source/documents.ndjson"
SNIPPETS = "source/snippets.ndjson"
PAGES = "source/pages.ndjson"
TRANSLATIONS = "source/translations.ndjson"


def source_files(scope: Scope) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Each file with its lines, which are made while it is written."""
    yield SITE, [as_json(site_record(scope)), b"\n"]
    yield IMAGES, file_lines(scope, "image")
    yield DOCUMENTS, file_lines(scope, "document")
    yield SNIPPETS, snippet_lines(scope)
    yield PAGES, page_lines(scope)
    yield TRANSLATIONS, translation_lines(scope)
