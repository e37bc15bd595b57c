"""Shared caches in front of the API."""

from django.apps import AppConfig


class CachingConfig(AppConfig):
    """Purges shared caches of what has changed; see ``docs/caching.md``."""

    name = "cms.delivery.caching"
    label = "delivery_caching"

    def ready(self) -> None:
        """Listen to changes."""
        from cms.delivery.caching.purging import purge_changed
        from cms.delivery.publishing.change import documents_changed
        from cms.upstream.wagtail import cache_purging

        documents_changed.connect(purge_changed, dispatch_uid="caching")
        cache_purging.apply()
