"""The messages that were sent to a webhook, and what came of them."""

import json
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from cms.delivery.webhooks.admin.breadcrumbs import webhook_breadcrumbs
from cms.delivery.webhooks.models import Webhook, WebhookDelivery

ANY = ["add", "change", "delete", "view"]
"""Who may do something with webhooks may read what was sent to them."""

Status = WebhookDelivery.Status


def seconds(message: WebhookDelivery) -> str:
    """The duration of the latest try."""
    if message.duration is None:
        return ""
    return f"{number_format(message.duration, decimal_pos=2)}\N{NO-BREAK SPACE}s"


class LogView(generic.IndexView):
    """The messages to a webhook, the newest first."""

    model = WebhookDelivery
    any_permission_required = ANY
    page_title = gettext_lazy("Messages")
    header_icon = "list-ul"
    list_filter = ("status",)
    is_searchable = False
    paginate_by = 50
    default_ordering = "-created_at"

    @cached_property
    def permission_policy(self) -> Any:
        """The policy of webhooks."""
        return policy_registry.get_by_type(Webhook)

    @cached_property
    def webhook(self) -> Webhook:
        """The webhook of the messages.

        Raises:
            Http404: there is no such webhook.
        """
        return get_object_or_404(Webhook, pk=self.kwargs["webhook_id"])

    @cached_property
    def columns(self) -> list[Any]:
        """The time leads to the message."""
        return [
            TitleColumn("created_at", label=_("Created"), url_name="delivery_webhooks:message"),
            StatusTagColumn(
                "get_status_display",
                label=_("State"),
                primary=lambda message: message.status == Status.DELIVERED,
            ),
            Column("changes", label=_("Changes")),
            Column("tries", label=_("Tries")),
            Column("http_status", label=_("Answer")),
            Column("duration", label=_("Duration"), accessor=seconds),
            Column("problem", label=_("Problem"), accessor="get_problem_display"),
            Column("next_try_at", label=_("Next try"), accessor=_next_try),
        ]

    def get_base_queryset(self) -> Any:
        """Without what a list does not show."""
        return WebhookDelivery.objects.filter(webhook=self.webhook).defer(
            "payload", "answer", "detail"
        )

    def get_index_url(self) -> str:
        """Of this webhook."""
        return reverse("delivery_webhooks:log", args=[self.webhook.pk])

    def get_index_results_url(self) -> str:
        """The address that is fetched when the filter changes."""
        return reverse("delivery_webhooks:log_results", args=[self.webhook.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the webhook."""
        return [*webhook_breadcrumbs(self.webhook), {"url": "", "label": _("Messages")}]

    def get_page_subtitle(self) -> str:
        """The webhook's name."""
        return self.webhook.name


def _next_try(message: WebhookDelivery) -> str:
    if message.status != Status.WAITING:
        return ""
    # Not "a minute ago", which is how Wagtail's own column says it: it is still to come.
    return date_format(localtime(message.next_try_at), "SHORT_DATETIME_FORMAT")


class MessageView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One message: what it says, and how the latest try ended."""

    model = Webhook
    any_permission_required = ANY
    template_name = "cms_webhooks/message.html"
    header_icon = "mail"

    @cached_property
    def message(self) -> WebhookDelivery:
        """The message.

        Raises:
            Http404: there is none, or not any more.
        """
        found = WebhookDelivery.objects.select_related("webhook")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """The heading."""
        return _("Message")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the log."""
        webhook = self.message.webhook
        log = reverse("delivery_webhooks:log", args=[webhook.pk])
        return [
            *webhook_breadcrumbs(webhook),
            {"url": log, "label": _("Messages")},
            {"url": "", "label": self.message.message_id},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the message, easy to read."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        payload = json.loads(self.message.payload)
        return context | {
            "message": self.message,
            "duration": seconds(self.message),
            "payload": json.dumps(payload, indent=2, ensure_ascii=False),
            "may_send": self.user_has_permission("change"),
        }
