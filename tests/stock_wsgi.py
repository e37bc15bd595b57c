"""The same site as Wagtail alone would serve it: what ``make bench`` measures ours against.

Without the schemas, signals and middleware of our rooms: Wagtail's API v3 and v2 over the same
database. ``granian … tests.stock_wsgi:application``.
"""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")


def stand_down() -> None:
    """Lets our applications do nothing when Django starts; before ``django.setup()``."""
    from django.conf import settings

    from cms.content.apps import ContentConfig
    from cms.delivery.apps import DeliveryConfig
    from cms.delivery.caching.apps import CachingConfig
    from cms.delivery.search.apps import SearchConfig
    from cms.delivery.webhooks.apps import WebhooksConfig
    from cms.translation.apps import TranslationConfig

    def nothing(self: Any) -> None:
        return None

    for config in (
        ContentConfig,
        DeliveryConfig,
        CachingConfig,
        SearchConfig,
        WebhooksConfig,
        TranslationConfig,
    ):
        config.ready = nothing  # type: ignore[method-assign]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "cms" not in name]
    settings.ROOT_URLCONF = "tests.stock_urls"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


def _application() -> Any:
    stand_down()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


if os.environ.get("STOCK"):
    application = _application()
