"""Requests of editors to translators, and the mail by which these are told."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

LONGEST_NOTE = 500


class TranslationRequest(models.Model):
    """An editor's request for a page or fact in a language, by a day.

    Attributes:
        changed_at: when it was asked, or its day or note last changed: of what is later than the
            latest mail, translators are told.
        outcome: empty as long as it is open.
        ended_by: who withdrew it; empty where it was done.
    """

    class Outcome(models.TextChoices):
        """The ways in which a request ends."""

        DONE = "done", _("done")
        WITHDRAWN = "withdrawn", _("withdrawn")

    source = models.ForeignKey(TranslationSource, models.CASCADE, related_name="requests")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    due = models.DateField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "locale"],
                condition=models.Q(outcome=""),
                name="one_open_request",
            )
        ]
        indexes = [models.Index(fields=["locale", "outcome", "due"], name="request_by_day")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.locale_id}: {self.due}"

    @property
    def asker(self) -> str:
        """The name of who asked; empty where the account is gone."""
        user: Any = self.asked_by
        return (user.get_full_name() or user.get_username()) if user is not None else ""


class TranslatorMail(models.Model):
    """The mail that a translator gets at most once a day: whether, from when on, and of what.

    Attributes:
        next_at: the earliest moment of the next mail. Whoever sends one moves it first, so that
            of several workers one does.
        told_until: what is later is news; empty before the first mail.
    """

    class Frequency(models.TextChoices):
        """The choices of a translator."""

        DAILY = "daily", _("Once a day, when there is something new")
        NEVER = "never", _("Never")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="translator_mail"
    )
    frequency = models.CharField(
        _("Mail"), max_length=5, choices=Frequency, default=Frequency.DAILY
    )
    next_at = models.DateTimeField(default=timezone.now, db_index=True)
    told_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.frequency}"
