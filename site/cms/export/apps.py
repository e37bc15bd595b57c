"""Exports of the whole site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportConfig(AppConfig):
    """Exports of the whole site."""

    name = "cms.export"
    verbose_name = _("Exports")

    def ready(self) -> None:
        """Register the updating of the static mirror, and the removal of old files."""
        from cms.common.periodic import register_periodic_task
        from cms.delivery.publishing.change import documents_changed
        from cms.export.downloads.periodic_tasks import clear
        from cms.export.mirror.tasks import follow_changes, tend

        documents_changed.connect(follow_changes, dispatch_uid="mirror")
        register_periodic_task("Keeping the static mirror", tend)
        register_periodic_task("Clearing exports away", clear)
