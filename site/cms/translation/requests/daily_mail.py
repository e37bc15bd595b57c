"""Tells each translator by mail, at most once a day, what is new for their languages.

It is new when an editor asked for something or changed what was asked, when the day of a request
comes near or is over, and when the source of a translation changed. Who has no news gets no mail.
Called every minute by ``manage.py keep_publishing``, in one process or several.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.mail import send_mail
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from cms.languages.registry import LANGUAGES
from cms.translation.models import LanguageStatus, Status, TranslationRequest, TranslatorMail
from cms.translation.requests.asking import requests_to
from cms.translation.requests.news import LanguageNews, write_mail
from cms.translation.roles.reading import readable_sources, unreadable_pages

logger = logging.getLogger(__name__)

MORNING: Final = 7
"""The hour of the day, in the site's time zone, from which the next day's mail is sent."""

LATER: Final = timedelta(minutes=15)
"""When it is tried again: after a failure, or where there was nothing new."""

SETTLED: Final = timedelta(minutes=1)
"""Age from which something is news: younger rows may not be stored yet by their process."""

SOON: Final = timedelta(days=3)
"""Before its day, a request is said to be due soon."""

AT_MOST: Final = timedelta(seconds=20)
"""The time for which one turn begins another mail."""


def sends_mail() -> bool:
    """Tells whether the site sends any; see ``EMAIL_URL``."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def send_daily_mail(now: datetime | None = None) -> None:
    """Writes to every translator whose time has come and for whom there is something new.

    Args:
        now: another moment than this one.
    """
    if not sends_mail():
        return
    translators = _translators()
    _add_missing(translators)
    begun = timezone.now()
    now = now or begun
    due = TranslatorMail.objects.filter(
        frequency=TranslatorMail.Frequency.DAILY, next_at__lte=now, user__in=translators
    )
    connection = None
    for mail in due.select_related("user").order_by("next_at", "pk"):
        if timezone.now() - begun > AT_MOST:
            return
        if not _claim(mail, now):
            continue
        connection = connection or get_connection()
        try:
            is_told = _tell(mail, now, connection)
        except (SMTPException, OSError):
            logger.exception("The mail to %s failed, and is tried again", mail.user)
            _close(connection)
            connection = None
            is_told = False
        if not is_told:
            TranslatorMail.objects.filter(pk=mail.pk).update(next_at=now + LATER)
    if connection is not None:
        _close(connection)


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (SMTPException, OSError):
        logger.warning("The mail server did not say goodbye", exc_info=True)


def _translators() -> QuerySet[Any]:
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    return users.filter(groups__translator_group__isnull=False).order_by().distinct()


def _add_missing(translators: QuerySet[Any]) -> None:
    missing = translators.filter(translator_mail=None)
    rows = [TranslatorMail(user=user) for user in missing]
    TranslatorMail.objects.bulk_create(rows, ignore_conflicts=True)


def _claim(mail: TranslatorMail, now: datetime) -> bool:
    """Takes today's mail for this process, so that no other sends it, now or later today."""
    today = timezone.localtime(now).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    following = today + timedelta(days=1)
    mine = TranslatorMail.objects.filter(pk=mail.pk, next_at=mail.next_at)
    return bool(mine.update(next_at=following))


def _tell(mail: TranslatorMail, now: datetime, connection: Any) -> bool:
    """Sends what is new; tells whether there was anything.

    Raises:
        SMTPException: the server refuses it.
        OSError: the server is not there.
    """
    until = now - SETTLED
    news = [one for one in _news(mail, until) if one]
    if news:
        language = UserProfile.get_for_user(mail.user).get_preferred_language()
        subject, text = write_mail(news, language)
        send_mail(subject, text, [mail.user.email], connection=connection)
    if news or mail.told_until is None:
        TranslatorMail.objects.filter(pk=mail.pk).update(told_until=until)
    return bool(news)


def _news(mail: TranslatorMail, until: datetime) -> Iterator[LanguageNews]:
    readable = readable_sources(unreadable_pages(mail.user))
    order = list(LANGUAGES)
    locales = Locale.objects.filter(
        translator_group__group__user=mail.user, language_code__in=order
    )
    for locale in sorted(locales, key=lambda one: order.index(one.language_code)):
        news = LanguageNews(locale)
        requests = TranslationRequest.objects.filter(
            requests_to([locale], readable), outcome="", changed_at__lte=until
        ).select_related("source__specific_content_type", "locale", "asked_by")
        for request in requests.order_by("due", "pk"):
            if (name := _is_news(request, mail.told_until, until)) is not None:
                news.requests[name].append(request)
        if mail.told_until is not None:
            news.outdated = list(_outdated(locale, readable, mail.told_until, until))
        yield news


def _is_news(request: TranslationRequest, told: datetime | None, until: datetime) -> str | None:
    """Names the list of a request; ``None`` for one that was told of, and is not due."""
    if told is None or request.changed_at > told:
        return "new"
    told_on, today = timezone.localdate(told), timezone.localdate(until)
    if told_on <= request.due < today:
        return "overdue"
    if today <= request.due <= today + SOON and request.due > told_on + SOON:
        return "soon"
    return None


def _outdated(
    locale: Locale, readable: Q, told: datetime, until: datetime
) -> QuerySet[LanguageStatus]:
    found: QuerySet[LanguageStatus] = LanguageStatus.objects.filter(
        readable,
        locale=locale,
        source_live=True,
        status=Status.OUTDATED,
        source__followed__changed_at__gt=told,
        source__followed__changed_at__lte=until,
    )
    return found.select_related("locale", "source__specific_content_type").order_by(
        "source__object_repr", "pk"
    )
