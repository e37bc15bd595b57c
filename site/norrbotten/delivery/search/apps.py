"""Full-text search in what is delivered."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Full-text search in what is delivered."""

    name = "norrbotten.delivery.search"
    label = "delivery_search"

    def ready(self) -> None:
        """Keep the index in step with the documents."""
        from norrbotten.delivery.changes import documents_changed, documents_rebuilt
        from norrbotten.delivery.search.receivers import keep_index

        for signal in (documents_changed, documents_rebuilt):
            signal.connect(keep_index, dispatch_uid="delivery_search")
