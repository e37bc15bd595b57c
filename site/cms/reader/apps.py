"""Pages for people."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig

from cms.content.reader.published_entries import PublishedEntries


class ReaderConfig(AppConfig):
    """Pages for people."""

    name = "cms.reader"

    def ready(self) -> None:
        """Say what surrounds a document on its site, and check the colours."""
        from cms.content.reader.context import register_surroundings
        from cms.content.reader.published_entries import register_published_entries
        from cms.reader import checks  # noqa: F401 - registers itself

        register_surroundings(_surroundings)
        register_published_entries(_published_entries)


def _surroundings(
    document: dict[str, Any], locale: str, parameters: Mapping[str, str]
) -> dict[str, Any]:
    # The tree names all delivered types, which are known when every application is ready.
    from cms.reader.surroundings.gathering import surroundings_of

    return surroundings_of(document, locale, parameters)


def _published_entries() -> PublishedEntries:
    # As above.
    from cms.reader.surroundings.stored_entries import StoredEntries

    return StoredEntries()
