"""Tells other sites of changes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Tells other sites of changes.

    Read ``models`` first, then ``outbox.py`` (what is to be sent), ``turns.py`` (when),
    ``attempts.py`` (what comes of it) and ``sending.py`` (how).
    """

    name = "norrbotten.delivery.webhooks"
    label = "delivery_webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Listen to changes, and look after what was left undone."""
        from norrbotten.content.upkeep import register_upkeep
        from norrbotten.delivery.changes import documents_changed
        from norrbotten.delivery.webhooks.outbox import put_into_outbox
        from norrbotten.delivery.webhooks.upkeep import tend

        documents_changed.connect(put_into_outbox, dispatch_uid="webhooks")
        register_upkeep("Looking after webhooks", tend)
