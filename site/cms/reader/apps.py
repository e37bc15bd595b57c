"""Pages for people."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Pages for people."""

    name = "cms.reader"

    def ready(self) -> None:
        """Say what surrounds a document on its site, and check the colours."""
        from cms.content.reader.context import register_surroundings
        from cms.reader import checks  # noqa: F401 - registers itself
        from cms.reader.surroundings.gathering import surroundings_of

        register_surroundings(surroundings_of)
