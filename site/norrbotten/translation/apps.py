"""How far each language is and what helps there."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """How far each language is and what helps there."""

    name = "norrbotten.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Listen to what editors and translators do."""
        from norrbotten.translation import role_signals, signals, upstream  # noqa: F401

        upstream.patch()
        # Django sends the signal for applications that have models.
        with_models = [app for app in apps.get_app_configs() if app.models_module]
        role_signals.connect_after_migration(with_models[-1])
