"""The application of the strategy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    """Strategies, development areas, stories and what they refer to."""

    name = "strategy"
    verbose_name = _("Strategy")

    def ready(self) -> None:
        """Registers rules, and the lists of stories, made of what their documents say."""
        from strategy import rules  # noqa: F401 - registers itself
        from strategy.collections import register

        register()
