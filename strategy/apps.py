"""The application of the strategy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    """Strategies, development areas, stories and what they refer to."""

    name = "strategy"
    verbose_name = _("Strategy")

    def ready(self) -> None:
        """Adds what Wagtail's API cannot answer about stories."""
        from strategy.api import add_stories

        add_stories()
