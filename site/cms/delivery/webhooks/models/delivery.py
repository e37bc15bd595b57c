"""One message, and what became of it."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.delivery.webhooks.models.webhook import Webhook
from cms.delivery.webhooks.signing import new_message_id

KEPT = timedelta(days=30)
"""How long a message is there to look at."""

DOCUMENTS_CHANGED = "documents.changed"
TEST = "webhook.test"


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Messages."""

    def sendable(self) -> "DeliveryQuerySet":
        """Keeps the messages that wait to be sent, now or later.

        Of a webhook that is turned off that is a test alone: one may try it before turning it on.
        """
        return self.filter(
            models.Q(webhook__active=True) | models.Q(type=TEST),
            status=WebhookDelivery.Status.WAITING,
        )


class WebhookDelivery(models.Model):
    """One message to one webhook, kept for a while after it was sent.

    What is said of an answer is said of the latest try.

    Attributes:
        message_id: ``webhook-id``; the same at every try.
        type: what the message says of itself, ``documents.changed``.
        payload: the JSON as it is sent.
        changes: how many changes are in it.
        queued_at: when it was made, or asked for again; it is given up a day later.
        next_try_at: when it is due.
        claimed_at: when the try began that is going on.
        tries: how often it was tried since ``queued_at``.
        duration: seconds.
        problem: why the latest try failed; empty if it did not.
        detail: the same in technical terms.
        answer: how the answer began.
    """

    class Status(models.TextChoices):
        """The stages of a message."""

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")

    class Problem(models.TextChoices):
        """The reasons for which a try failed."""

        STATUS = "status", _("The answer was no success.")
        REDIRECT = "redirect", _("The answer was a redirect, which is not followed.")
        GONE = "gone", _("The address is no more, so the webhook was turned off.")
        TIME = "time", _("It took too long.")
        ADDRESS = "address", _("Nothing may be sent to this address.")
        NAME = "name", _("There is no server of this name.")
        CONNECTION = "connection", _("The server could not be reached, or closed the connection.")
        CERTIFICATE = "certificate", _("The server's certificate is not valid.")
        LEFT = "left", _("The worker stopped while sending.")
        UNTRIED = "untried", _("Nothing reached the server for a day.")
        OTHER = "other", _("Something went wrong here.")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id)
    type = models.CharField(max_length=40)
    payload = models.TextField()
    changes = models.PositiveIntegerField(default=0)
    status = models.CharField(
        _("state"), max_length=9, choices=Status, default=Status.WAITING, editable=False
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    http_status = models.PositiveIntegerField(null=True)
    duration = models.FloatField(null=True)
    problem = models.CharField(max_length=11, choices=Problem, blank=True)
    detail = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["webhook", "next_try_at"],
                condition=models.Q(status="waiting"),
                name="webhook_message_waiting",
            ),
            models.Index(fields=["webhook", "-created_at"], name="webhook_message_log"),
            models.Index(fields=["created_at"], name="webhook_message_age"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def is_finished(self) -> bool:
        """Tells whether nothing more will happen to it by itself."""
        return self.status in (self.Status.DELIVERED, self.Status.FAILED)
