"""The choice of a translator, in their account: mail once a day, or never."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.translation.models import TranslatorGroup, TranslatorMail
from cms.translation.requests.daily_mail import sends_mail


class TranslatorMailForm(WagtailAdminModelForm):
    """The choice."""

    class Meta:
        model = TranslatorMail
        fields = ("frequency",)
        widgets = {"frequency": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Says what the mail tells of, and why none would come."""
        super().__init__(*args, **kwargs)
        self.fields["frequency"].help_text = " ".join(_help(self.instance.user))

    def save(self, commit: bool = True) -> Any:
        """Stores it; what happened while no mail was wanted is no news."""
        if "frequency" in self.changed_data:
            self.instance.told_until = timezone.now()
        return super().save(commit)


def _help(user: Any) -> list[str]:
    found = [
        _(
            "What is asked of your languages, what is due soon, and what is out of date since the "
            "latest mail."
        )
    ]
    if not sends_mail():
        found.append(_("This site sends no mail: EMAIL_URL is “none”."))
    elif settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
        found.append(_("This site prints its mail in the terminal: EMAIL_URL is not set."))
    if not user.email:
        found.append(_("Your account has no e-mail address."))
    return found


class TranslatorMailPanel(BaseSettingsPanel):
    """A panel for those who are in a translators' group."""

    name = "translator_mail"
    title = gettext_lazy("Mail to translators")
    tab = notifications_tab
    order = 110
    form_class = TranslatorMailForm

    def is_active(self) -> bool:
        """Tells whether the user translates."""
        return TranslatorGroup.objects.filter(group__user=self.user).exists()

    def get_form(self) -> TranslatorMailForm:
        """The form, with what was chosen before."""
        data = self.request.POST if self.request.method == "POST" else None
        known = TranslatorMail.objects.filter(user=self.user).first()
        instance = known or TranslatorMail(user=self.user)
        return TranslatorMailForm(data, instance=instance, prefix=self.name)
