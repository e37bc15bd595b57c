"""Sets the languages up when Django starts."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    """The languages and the behaviour of each."""

    name = "cms.languages"
    verbose_name = _("Languages")

    def ready(self) -> None:
        """Register the system checks, and create missing locales after each migration."""
        from cms.languages import checks  # noqa: F401
        from cms.languages.locales import create_locales_after_migration

        # Django sends the signal for applications that have models; the Locale is of this one.
        wagtail_core = apps.get_app_config("wagtailcore")
        post_migrate.connect(create_locales_after_migration, sender=wagtail_core)
