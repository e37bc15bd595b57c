"""Pages for people."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Pages for people."""

    name = "cms.reader"

    def ready(self) -> None:
        """Say what surrounds a document on its site, and check the colours."""
        from cms.content.reader.context import register_surroundings
        from cms.reader import checks  # noqa: F401 - registers itself

        register_surroundings(_surroundings)


def _surroundings(
    document: dict[str, Any], locale: str, parameters: Mapping[str, str]
) -> dict[str, Any]:
    # The tree names all delivered types, which are known when every application is ready.
    from cms.reader.surroundings.gathering import surroundings_of

    return surroundings_of(document, locale, parameters)
