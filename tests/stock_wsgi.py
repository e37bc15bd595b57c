"""The same site as Wagtail alone would serve it: what ``make bench`` measures ours against.

Without the schemas, signals and middleware of our rooms: Wagtail's API v3 and v2, and pages with
templates, over the same database. ``granian … tests.stock_wsgi:application``.
"""

import os
from pathlib import Path
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
    from cms.reader.apps import ReaderConfig
    from cms.translation.apps import TranslationConfig

    def nothing(self: Any) -> None:
        return None

    for config in (
        ContentConfig,
        DeliveryConfig,
        CachingConfig,
        SearchConfig,
        ReaderConfig,
        WebhooksConfig,
        TranslationConfig,
    ):
        config.ready = nothing  # type: ignore[method-assign]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "cms" not in name]
    settings.ROOT_URLCONF = "tests.stock_urls"
    settings.TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "fixtures/stock"]
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


def show_pages_plainly() -> None:
    """Has pages shown by a template such as Wagtail projects have; after ``django.setup()``."""
    from django.apps import apps
    from wagtail.fields import StreamField
    from wagtail.models import Page

    from cms.content.pages import BasePage

    BasePage.get_context = Page.get_context  # type: ignore[method-assign]
    for model in apps.get_models():
        if issubclass(model, BasePage):
            model.template = "page.html"  # type: ignore[attr-defined]
            for field in model._meta.get_fields():
                if isinstance(field, StreamField):
                    _without_templates(field.stream_block)


def _without_templates(block: Any) -> None:
    """Has a block and all in it shown as Wagtail shows blocks that have no template."""
    block.meta.template = None
    below = getattr(block, "child_blocks", None) or {"": getattr(block, "child_block", None)}
    for child in filter(None, below.values()):
        _without_templates(child)


def _application() -> Any:
    stand_down()
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    show_pages_plainly()
    return application


if os.environ.get("STOCK"):
    application = _application()
