"""Translation: progress of each language, and the means to further it."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Translation: progress of each language, and the means to further it."""

    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Connect the signals of editors' and translators' work."""
        from cms.translation import signals  # noqa: F401 - connects itself
        from cms.translation.roles import signal_handlers
        from cms.upstream.wagtail import (
            copied_texts,
            expired_pages,
            locked_pages,
            refused_offers,
            snippet_publishing,
            translations_follow,
        )
        from cms.upstream.wagtail_localize import (
            alias_conversion,
            draft_titles,
            editor_catalogue,
            report,
            segment_refreshing,
            stopping,
            string_errors,
            string_extraction,
            submitting,
            synchronising,
            view_restrictions,
        )

        copied_texts.apply()
        expired_pages.apply()
        locked_pages.apply()
        refused_offers.apply()
        snippet_publishing.apply()
        translations_follow.apply()
        alias_conversion.apply()
        draft_titles.apply()
        editor_catalogue.apply()
        report.apply()
        segment_refreshing.apply()
        stopping.apply()
        string_errors.apply()
        string_extraction.apply()
        submitting.apply()
        synchronising.apply()
        view_restrictions.apply()
        # Django sends the signal for applications that have models.
        with_models = [app for app in apps.get_app_configs() if app.models_module]
        signal_handlers.connect_after_migration(with_models[-1])
