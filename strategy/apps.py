"""The application of the strategy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    """Strategies, development areas, stories and what they refer to."""

    name = "strategy"
    verbose_name = _("Strategy")

    def ready(self) -> None:
        """Registers the lists of stories, which are made of what their documents say."""
        from strategy.collections import register

        register()
