"""Actions on a webhook and its messages, each a press of a button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from cms.delivery.webhooks.admin.breadcrumbs import webhook_breadcrumbs
from cms.delivery.webhooks.admin.secret import secret_page
from cms.delivery.webhooks.models import Webhook, WebhookDelivery
from cms.delivery.webhooks.models.delivery import TEST
from cms.delivery.webhooks.outbox import send_again, send_test

RENEWED = "delivery_webhooks.renew_secret"
"""The action in Wagtail's log."""


class WebhookAction(PermissionCheckedMixin, View):
    """A view for users who may change webhooks."""

    model = Webhook
    permission_required = "change"
    http_method_names = ["post"]


class SendTestView(WebhookAction):
    """Sends a message without changes."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queues it, and leads to it."""
        message = send_test(get_object_or_404(Webhook, pk=pk))
        return redirect("delivery_webhooks:message", message.pk)


class SendAgainView(WebhookAction):
    """Sends a message once more."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queues it, and leads to it."""
        message = get_object_or_404(WebhookDelivery.objects.select_related("webhook"), pk=pk)
        if message.webhook.active or message.type == TEST:
            send_again(message)
            messages.success(request, _("It is sent again, in a moment."))
        else:
            messages.error(request, _("The webhook is turned off. Turn it on first."))
        return redirect("delivery_webhooks:message", message.pk)


class RenewSecretView(WebhookAction):
    """Gives a webhook a new secret, after asking."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The question."""
        webhook = get_object_or_404(Webhook, pk=pk)
        context: dict[str, Any] = {
            "webhook": webhook,
            "header_title": _("New secret"),
            "header_icon": "key",
            "breadcrumbs_items": [
                *webhook_breadcrumbs(webhook),
                {"url": "", "label": _("New secret")},
            ],
        }
        return render(request, "cms_webhooks/renew_secret.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes it and shows it, this once."""
        webhook = get_object_or_404(Webhook, pk=pk)
        webhook.renew_secret()
        log(webhook, RENEWED, user=request.user)
        return secret_page(request, webhook, _("The new secret is there"))
