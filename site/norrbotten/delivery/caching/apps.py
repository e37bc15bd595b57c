"""Shared caches in front of the API."""

from django.apps import AppConfig


class CachingConfig(AppConfig):
    """Purges shared caches of what has changed; see ``docs/caching.md``."""

    name = "norrbotten.delivery.caching"
    label = "delivery_caching"

    def ready(self) -> None:
        """Listen to changes."""
        from norrbotten.delivery.caching import upstream
        from norrbotten.delivery.caching.purging import purge_changed
        from norrbotten.delivery.changes import documents_changed

        documents_changed.connect(purge_changed, dispatch_uid="caching")
        upstream.purge_in_the_background()
