"""Tells other sites of changes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Tells other sites of changes.

    Read ``models`` first, then ``outbox.py`` (what is to be sent), ``turns.py`` (when),
    ``attempts.py`` (what comes of it) and ``sending.py`` (how).
    """

    name = "cms.delivery.webhooks"
    label = "delivery_webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Listen to changes, and look after what was left undone."""
        from cms.common.periodic import register_periodic_task
        from cms.delivery.publishing.change import documents_changed
        from cms.delivery.webhooks.outbox import put_into_outbox
        from cms.delivery.webhooks.periodic_tasks import tend

        documents_changed.connect(put_into_outbox, dispatch_uid="webhooks")
        register_periodic_task("Looking after webhooks", tend)
