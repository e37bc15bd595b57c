"""How far each language is and what helps there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """How far each language is and what helps there."""

    name = "norrbotten.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Listen to what editors and translators do."""
        from norrbotten.translation import (
            signals,  # noqa: F401
            upstream,
        )

        upstream.patch()
