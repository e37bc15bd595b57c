"""Delivery to other sites."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class DeliveryConfig(AppConfig):
    """Delivery to other sites."""

    name = "cms.delivery"

    def ready(self) -> None:
        """Follow everything that documents are made of, and mend the description of the API."""
        from cms.common.periodic import register_periodic_task
        from cms.common.site_address import move_after_migration
        from cms.common.site_description import register_description
        from cms.content.api.moments import register_modified
        from cms.delivery import checks  # noqa: F401 - registers itself
        from cms.delivery.publishing import periodic_tasks
        from cms.delivery.publishing.moments import find_modified
        from cms.delivery.publishing.site_descriptions import describe_site
        from cms.delivery.tracking import signals  # noqa: F401 - connects itself
        from cms.upstream.ninja import openapi_cached
        from cms.upstream.wagtail import (
            collection_moves,
            page_position,
            tracked_actions,
        )
        from cms.upstream.wagtail_api import (
            openapi_field_notes,
            openapi_security,
        )

        # Where two change the same, the one that is put in first runs within the other.
        page_position.apply()
        tracked_actions.apply()
        collection_moves.apply()
        openapi_security.apply()
        openapi_field_notes.apply()
        openapi_cached.apply()
        # Of the application that has the sites.
        post_migrate.connect(move_after_migration, sender=apps.get_app_config("wagtailcore"))
        register_description(describe_site)
        register_modified(find_modified)
        register_periodic_task("Keeping published documents", periodic_tasks.keep)
