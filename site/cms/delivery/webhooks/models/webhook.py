"""Somebody who wants to be told of changes."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.delivery.webhooks.addresses import UnusableAddress, check_address
from cms.delivery.webhooks.signing import masked, new_secret
from cms.languages.registry import NO_LANGUAGE

OLD_SECRET_KEPT = timedelta(days=1)
"""How long messages are signed with the secret before the latest one, too."""


class Webhook(models.Model):
    """An address that is told of changes.

    Attributes:
        languages: codes of the languages whose changes it wants; empty for all.
        types: document types, ``strategy.GoalPage``, whose changes it wants; empty for all.
        secret: the key that messages are signed with, as Standard Webhooks writes it.
        previous_secret: the one before, valid until ``previous_secret_until``, so that a receiver
            has time to change over.
        gone_at: when the address answered that it is no more, and the webhook was turned off.
        failures: tries in a row that did not reach it.
        paused_until: nothing is sent before, since the last try failed.
        turn: identifies the one task that will next send something; ``None`` when there is none.
        turn_at: when that task will run.
        turn_task: its id with the worker; empty while it is being handed over.
    """

    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(
        _("address"),
        max_length=2000,
        help_text=_("Where the messages go, https://…; the other site says which it is."),
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    types = models.JSONField(_("types"), default=list, blank=True)
    active = models.BooleanField(
        _("turned on"),
        default=True,
        help_text=_("While it is off, nothing is added; what waits is sent once it is on again."),
    )
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    previous_secret = models.CharField(max_length=100, blank=True, editable=False)
    previous_secret_until = models.DateTimeField(null=True, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    gone_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    paused_until = models.DateTimeField(null=True, editable=False)
    turn = models.UUIDField(null=True, editable=False)
    turn_at = models.DateTimeField(null=True, editable=False)
    turn_task = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuses an address that nothing may be sent to.

        Raises:
            ValidationError: with what is wrong and what to do.
        """
        super().clean()
        # An empty one has an error of its own.
        if self.address:
            try:
                check_address(self.address)
            except UnusableAddress as error:
                raise ValidationError({"address": str(error)}) from error

    @property
    def masked_secret(self) -> str:
        """Enough of the secret to tell it from another."""
        return masked(self.secret)

    @property
    def state(self) -> str:
        """The state of it, for a person."""
        if self.gone_at is not None:
            return str(_("off: the address is no more"))
        if not self.active:
            return str(_("off"))
        return str(_("not reached") if self.failures else _("on"))

    def secrets(self, now: datetime) -> list[str]:
        """The secrets that sign a message, the current one first."""
        until = self.previous_secret_until
        old = [self.previous_secret] if until is not None and until > now else []
        return [self.secret, *old]

    def renew_secret(self) -> str:
        """A new secret; the old one is valid for another day."""
        self.previous_secret, self.secret = self.secret, new_secret()
        self.previous_secret_until = timezone.now() + OLD_SECRET_KEPT
        self.save(update_fields=["secret", "previous_secret", "previous_secret_until"])
        return self.secret

    def wants(self, locale: str, document_type: str) -> bool:
        """Tells whether a change of such a document is sent to it.

        What has no language is of every language.
        """
        languages: list[Any] = self.languages
        types: list[Any] = self.types
        of_language = not languages or locale in (*languages, NO_LANGUAGE)
        return of_language and (not types or document_type in types)
