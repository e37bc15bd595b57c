"""What leaves whole."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportConfig(AppConfig):
    """What leaves whole."""

    name = "norrbotten.export"
    verbose_name = _("Exports")

    def ready(self) -> None:
        """Keep the static mirror up to date, where there is one, and clear old files away."""
        from norrbotten.content.upkeep import register_upkeep
        from norrbotten.delivery.changes import documents_changed
        from norrbotten.export.mirror.tasks import follow_changes, tend
        from norrbotten.export.upkeep import clear

        documents_changed.connect(follow_changes, dispatch_uid="mirror")
        register_upkeep("Keeping the static mirror", tend)
        register_upkeep("Clearing exports away", clear)
