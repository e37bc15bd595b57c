"""The application of the content room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Stands before every Wagtail application: Wagtail builds its API schemas once, early."""

    name = "norrbotten.content"
    label = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """Tells Wagtail's API v3 what our fields look like, before it asks."""
        from norrbotten.content import (  # noqa: F401 - connect and register themselves
            checks,
            drafts,
            signals,
        )
        from norrbotten.content.api.registration import register_api_schemas

        register_api_schemas()
        drafts.patch()
