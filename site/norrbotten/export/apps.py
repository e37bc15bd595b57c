"""What leaves whole."""

from django.apps import AppConfig


class ExportConfig(AppConfig):
    """What leaves whole."""

    name = "norrbotten.export"

    def ready(self) -> None:
        """Keep the static mirror up to date, where there is one."""
        from norrbotten.content.upkeep import register_upkeep
        from norrbotten.delivery.changes import documents_changed
        from norrbotten.export.mirror.tasks import follow_changes, tend

        documents_changed.connect(follow_changes, dispatch_uid="mirror")
        register_upkeep("Keeping the static mirror", tend)
