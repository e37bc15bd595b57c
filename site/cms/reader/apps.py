"""Pages for people."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Pages for people."""

    name = "cms.reader"

    def ready(self) -> None:
        """Say what surrounds a document on its site."""
        from cms.content.reader.context import register_surroundings
        from cms.reader.surroundings.gathering import surroundings_of

        register_surroundings(surroundings_of)
