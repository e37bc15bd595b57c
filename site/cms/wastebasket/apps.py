"""The wastebasket."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.common.periodic import register_periodic_task


class WastebasketConfig(AppConfig):
    """The wastebasket."""

    name = "cms.wastebasket"
    label = "cms_wastebasket"
    verbose_name = _("Wastebasket")

    def ready(self) -> None:
        """Have every deletion of a page go through it, and empty it in time."""
        from cms.upstream.wagtail import kept_deletions
        from cms.wastebasket.periodic_tasks import remove_old

        kept_deletions.apply()
        register_periodic_task("Emptying the wastebasket", remove_old)
