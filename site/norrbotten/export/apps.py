"""What leaves whole."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportConfig(AppConfig):
    """What leaves whole."""

    name = "norrbotten.export"
    verbose_name = _("Exports")

    def ready(self) -> None:
        """Have old files cleared away."""
        from norrbotten.content.upkeep import register_upkeep
        from norrbotten.export.upkeep import clear

        register_upkeep("Clearing exports away", clear)
