"""Webhooks in Wagtail's admin: list, form, and the pages around them."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.delivery.webhooks.admin.actions import RenewSecretView, SendAgainView, SendTestView
from cms.delivery.webhooks.admin.forms import WebhookForm
from cms.delivery.webhooks.admin.log import LogView, MessageView
from cms.delivery.webhooks.admin.secret import secret_page
from cms.delivery.webhooks.models import Webhook, WebhookDelivery

Status = WebhookDelivery.Status


class WebhookIndexView(generic.IndexView):
    """Every webhook, and how it is with it."""

    list_display = (
        "name",
        Column("address", label=_("Address"), classname="webhook-address"),
        StatusTagColumn(
            "state",
            label=_("State"),
            primary=lambda webhook: webhook.active and not webhook.failures,
        ),
        Column("failed", label=_("Failed messages")),
    )

    def get_base_queryset(self) -> Any:
        """With the number of messages that were given up."""
        failed = Count("deliveries", filter=Q(deliveries__status=Status.FAILED))
        return super().get_base_queryset().annotate(failed=failed)

    def get_list_more_buttons(self, instance: Webhook) -> list[Any]:
        """The log too."""
        log = MenuItem(
            _("Messages"),
            url=reverse("delivery_webhooks:log", args=[instance.pk]),
            icon_name="list-ul",
            priority=15,
        )
        return [*super().get_list_more_buttons(instance), log]


class WebhookCreateView(generic.CreateView):
    """The form, then the secret: this once."""

    def form_valid(self, form: WebhookForm) -> Any:
        """Makes it, and shows its secret."""
        self.form = form
        with transaction.atomic():
            self.object = self.save_instance()
        return secret_page(self.request, self.object, gettext("The webhook is there"))


class WebhookEditView(generic.EditView):
    """The form, below what became of the latest messages."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The log stands beside the title."""
        address = reverse("delivery_webhooks:log", args=[self.object.pk])
        return [HeaderButton(_("Messages"), url=address, icon_name="list-ul")]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """A new secret is seldom wanted."""
        renew = Button(
            _("New secret"),
            url=reverse("delivery_webhooks:renew_secret", args=[self.object.pk]),
            icon_name="key",
            priority=15,
        )
        return [*super().header_more_buttons, renew]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how many messages wait, were delivered and failed, and the latest of them."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        messages = WebhookDelivery.objects.filter(webhook=self.object)
        counts = dict(messages.order_by().values_list("status").annotate(number=Count("pk")))
        return context | {
            "counts": {status: counts.get(status, 0) for status in Status.values},
            "latest": messages.defer("payload").first(),
        }


class WebhookViewSet(ModelViewSet):
    """Webhooks, below *Settings*, for who has the permissions of the model."""

    model = Webhook
    icon = "upload"
    menu_label = _("Webhooks")
    menu_name = "webhooks"
    menu_order = 603
    add_to_settings_menu = True
    # Nothing refers to it, and its secret is nobody else's.
    add_to_reference_index = False
    copy_view_enabled = False
    template_prefix = "cms_webhooks/"
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leaves out where it is used, which says nothing."""
        common: dict[str, Any] = super().get_common_view_kwargs(
            **{"usage_url_name": None, **kwargs}
        )
        return common

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        """The same form for new ones."""
        return WebhookForm

    def get_urlpatterns(self) -> list[Any]:
        """The log and what can be done with it, beside Wagtail's own pages."""
        return [
            *super().get_urlpatterns(),
            path("log/<int:webhook_id>/", LogView.as_view(), name="log"),
            path(
                "log/<int:webhook_id>/results/",
                LogView.as_view(results_only=True),
                name="log_results",
            ),
            path("message/<int:pk>/", MessageView.as_view(), name="message"),
            path("message/<int:pk>/again/", SendAgainView.as_view(), name="send_again"),
            path("test/<int:pk>/", SendTestView.as_view(), name="send_test"),
            path("secret/<int:pk>/", RenewSecretView.as_view(), name="renew_secret"),
        ]
