"""Translation: progress of each language, and the means to further it."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from cms.common.periodic import register_periodic_task


class TranslationConfig(AppConfig):
    """Translation: progress of each language, and the means to further it."""

    name = "cms.translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        """Connect the signals of editors' and translators' work."""
        from cms.translation import signals  # noqa: F401 - connects itself
        from cms.translation.publish_all import jobs
        from cms.translation.requests.daily_mail import send_daily_mail
        from cms.translation.roles import signal_handlers
        from cms.translation.status.requested import end_missed_requests
        from cms.upstream.wagtail import (
            copied_texts,
            expired_pages,
            locked_pages,
            refused_offers,
            snippet_publishing,
            translations_follow,
            unapproved_pages,
        )
        from cms.upstream.wagtail_localize import (
            alias_conversion,
            approved_texts,
            draft_titles,
            report,
            restoring,
            segment_refreshing,
            stopping,
            string_errors,
            string_extraction,
            submitting,
            synchronising,
            view_restrictions,
        )

        register_periodic_task("Publishing what is complete", jobs.resume_silent_jobs)
        copied_texts.apply()
        expired_pages.apply()
        locked_pages.apply()
        refused_offers.apply()
        snippet_publishing.apply()
        translations_follow.apply()
        unapproved_pages.apply()
        alias_conversion.apply()
        approved_texts.apply()
        draft_titles.apply()
        report.apply()
        restoring.apply()
        segment_refreshing.apply()
        stopping.apply()
        string_errors.apply()
        string_extraction.apply()
        submitting.apply()
        synchronising.apply()
        view_restrictions.apply()
        register_periodic_task("Ending requests for translations", end_missed_requests)
        register_periodic_task("Mail to translators", send_daily_mail)
        # Django sends the signal for applications that have models.
        with_models = [app for app in apps.get_app_configs() if app.models_module]
        signal_handlers.connect_after_migration(with_models[-1])
