"""Tells translators by mail of what was left to them.

Their start page lists it as long as it is so. A mail goes to those who have an address and have not
turned off Wagtail's notifications of what is submitted to them.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.languages.names import translated_name
from cms.languages.registry import SOURCE_LANGUAGE_CODE


def tell_translators(source: Any, left: Iterable[Any]) -> None:
    """Writes to the translators of each language what was left live, when all is stored.

    Args:
        source: the page or fact that is no longer published.
        left: its live translations. What has gone by then is left out.
    """
    title = source.title if isinstance(source, Page) else str(source)
    by_locale: dict[int, list[Any]] = defaultdict(list)
    for one in left:
        by_locale[one.locale_id].append(one)
    for locale, ones in by_locale.items():
        transaction.on_commit(partial(_tell, locale, title, ones))


def follow_fact(fact: Any) -> None:
    """Tells the translators of a source fact that is unpublished or deleted what stays live."""
    if fact.locale.language_code == SOURCE_LANGUAGE_CODE:
        tell_translators(fact, live_versions([fact]))


def live_versions(facts: Iterable[Any]) -> list[Any]:
    """Versions of some facts in other languages that are live."""
    found: list[Any] = []
    for fact in facts:
        found += fact.get_translations().filter(live=True).select_related("locale")
    return sorted(found, key=lambda one: one.locale.language_code)


def _tell(locale: int, title: str, left: list[Any]) -> None:
    live = [one for one in left if type(one)._default_manager.filter(pk=one.pk, live=True).exists()]
    if not live:
        return
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    for user in users.filter(groups__translator_group__locale=locale).distinct():
        profile = UserProfile.get_for_user(user)
        if profile.submitted_notifications:
            _write(user.email, profile.get_preferred_language(), title, live)


def _write(address: str, language: str, title: str, left: list[Any]) -> None:
    finder = AdminURLFinder()
    site = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "").rstrip("/")
    with override(language):
        name = translated_name(left[0].locale.language_code)
        subject = _("“%(title)s” is no longer published") % {"title": title}
        lines = [
            _(
                "“%(title)s” is no longer published. Its translation into %(language)s was left "
                "live for you to decide:"
            )
            % {"title": title, "language": name},
            *(f"{one}: {site}{finder.get_edit_url(one)}" for one in left),
        ]
    send_mail(subject, "\n\n".join(lines), [address], fail_silently=True)
