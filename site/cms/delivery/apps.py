"""Delivery to other sites."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Delivery to other sites."""

    name = "cms.delivery"

    def ready(self) -> None:
        """Follow everything that documents are made of."""
        from cms.common.periodic import register_periodic_task
        from cms.delivery.publishing import periodic_tasks
        from cms.delivery.tracking import signals  # noqa: F401 - connects itself
        from cms.upstream import tracked_actions

        tracked_actions.patch()
        register_periodic_task("Keeping published documents", periodic_tasks.keep)
