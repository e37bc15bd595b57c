"""The application of the start pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Start pages and plain content pages."""

    name = "home"
    verbose_name = _("Start pages")

    def ready(self) -> None:
        """Registers rules for publishing."""
        from home import rules  # noqa: F401 - registers itself
