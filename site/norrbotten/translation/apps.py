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
        role_signals.connect_after_migration(list(apps.get_app_configs())[-1])
