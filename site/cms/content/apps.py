"""The application of the content room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Stands before every Wagtail application: Wagtail builds its API schemas once, early."""

    name = "cms.content"
    label = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        """Tells Wagtail's API v3 what our fields look like, before it asks."""
        from cms.content import checks  # noqa: F401 - registers itself
        from cms.content.api.registration import register_api_schemas
        from cms.content.images import signal_handlers  # noqa: F401 - connects itself
        from cms.upstream import draft_saves_skip_indexes

        register_api_schemas()
        draft_saves_skip_indexes.patch()
