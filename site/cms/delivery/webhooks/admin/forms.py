"""The form of somebody who sets up a webhook."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.content.api.delivered_types import delivered_models
from cms.content.redirect_documents import REDIRECT_TYPE
from cms.delivery.webhooks.models import Webhook
from cms.languages.names import lazy_display_name
from cms.languages.registry import LANGUAGES


def language_choices() -> list[tuple[str, Any]]:
    """The languages of the site."""
    return [(code, capfirst(lazy_display_name(code))) for code in LANGUAGES]


def type_choices() -> list[tuple[str, Any]]:
    """The types of which there are documents: pages, facts, redirects, each by its name."""
    models = delivered_models()
    pages = [model for model in models if issubclass(model, Page)]
    snippets = [model for model in models if not issubclass(model, Page)]
    named = [
        (model._meta.label, name)
        for kinds in (pages, snippets)
        for name, model in sorted(
            ((str(capfirst(model._meta.verbose_name)), model) for model in kinds),
            key=lambda named: named[0],
        )
    ]
    return [*named, (REDIRECT_TYPE, capfirst(Redirect._meta.verbose_name))]


class WebhookForm(WagtailAdminModelForm):
    """The receiver of messages, and what they tell."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    types = forms.MultipleChoiceField(
        label=_("Types"),
        choices=type_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )

    class Meta:
        model = Webhook
        fields = ("name", "address", "active", "languages", "types")
        widgets = {"address": forms.URLInput(attrs={"placeholder": "https://"})}

    def save(self, commit: bool = True) -> Webhook:
        """Saves it; one that is turned on again, or goes elsewhere, starts with a clean slate."""
        webhook: Webhook = self.instance
        if webhook.active and {"active", "address"} & set(self.changed_data):
            webhook.gone_at = webhook.paused_until = None
            webhook.failures = 0
        saved: Webhook = super().save(commit)
        return saved
