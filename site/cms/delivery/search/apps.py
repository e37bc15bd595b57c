"""Full-text search in what is delivered."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Full-text search in what is delivered."""

    name = "cms.delivery.search"
    label = "delivery_search"

    def ready(self) -> None:
        """Keep the index in step with the documents, and have the public search in it."""
        from cms.delivery.publishing.change import documents_changed, documents_rebuilt
        from cms.delivery.search.signal_handlers import keep_index
        from cms.upstream.wagtail_api import published_search

        published_search.apply()
        for signal in (documents_changed, documents_rebuilt):
            signal.connect(keep_index, dispatch_uid="delivery_search")
