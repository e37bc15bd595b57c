"""Translation: progress of each language, and the means to further it."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Translation: progress of each language, and the means to further it."""

    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Listen to what editors and translators do."""
        from cms.translation import signals  # noqa: F401 - connects itself
        from cms.translation.roles import signal_handlers
        from cms.upstream import localize_segments

        localize_segments.patch()
        # Django sends the signal for applications that have models.
        with_models = [app for app in apps.get_app_configs() if app.models_module]
        signal_handlers.connect_after_migration(with_models[-1])
