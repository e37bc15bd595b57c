"""Drafts for front ends."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewsConfig(AppConfig):
    """Drafts for front ends.

    Read ``models.py`` first, then ``tokens.py`` (who may see a draft), ``drafts.py`` (what a draft
    is) and ``field_addresses.py`` (where each of its texts is edited).
    """

    name = "cms.delivery.previews"
    label = "delivery_previews"
    verbose_name = _("Previews")

    def ready(self) -> None:
        """Have old tokens forgotten."""
        from cms.common.periodic import register_periodic_task
        from cms.delivery.previews.tokens import forget_old_tokens

        register_periodic_task("Forgetting old preview tokens", forget_old_tokens)
