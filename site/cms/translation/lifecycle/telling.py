"""Tells translators by mail of what was left to them.

Their start page lists it as long as it is so. A mail goes to those who have an address and have not
turned off Wagtail's notifications of what is submitted to them.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.languages.names import translated_name


def tell_translators(source: Page, left: Iterable[Page]) -> None:
    """Writes to the translators of each language which pages were left live, when all is stored."""
    by_locale: dict[int, list[Page]] = defaultdict(list)
    for page in left:
        by_locale[page.locale_id].append(page)
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    for locale, pages in by_locale.items():
        for user in users.filter(groups__translator_group__locale=locale).distinct():
            profile = UserProfile.get_for_user(user)
            if profile.submitted_notifications:
                language = profile.get_preferred_language()
                _write(user.email, language, source.title, pages)


def _write(address: str, language: str, title: str, pages: list[Page]) -> None:
    with override(language):
        name = translated_name(pages[0].locale.language_code)
        subject = _("“%(title)s” is no longer published") % {"title": title}
        lines = [
            _(
                "“%(title)s” is no longer published. Its translation into %(language)s was left "
                "live for you to decide:"
            )
            % {"title": title, "language": name},
            *(f"{page.title}: {_edit_url(page)}" for page in pages),
        ]

    def send(*_arguments: Any) -> None:
        send_mail(subject, "\n\n".join(lines), [address], fail_silently=True)

    transaction.on_commit(send)


def _edit_url(page: Page) -> str:
    site = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "").rstrip("/")
    return site + reverse("wagtailadmin_pages:edit", args=[page.pk])
