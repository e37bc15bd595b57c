"""Settings: the languages in which a second person approves each text before it is published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.languages.names import display_name
from cms.languages.registry import LANGUAGES
from cms.translation.approval.switching import switch_approval
from cms.translation.models import TranslatorGroup


def may_switch_approval(user: Any) -> bool:
    """Tells whether a user may say which languages want approval: an administrator may."""
    return bool(user.is_active and user.is_superuser)


class ApprovalView(WagtailAdminTemplateMixin, TemplateView):
    """A list of the languages to tick; ``POST`` switches each as it is ticked."""

    template_name = "cms_translation/approval.html"
    page_title = gettext_lazy("Approval of translations")
    header_icon = "check"
    http_method_names = ("get", "head", "post")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Behind the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses who is no administrator.

        Raises:
            PermissionDenied: the user is none.
        """
        if not may_switch_approval(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def groups(self) -> list[TranslatorGroup]:
        """The groups of the languages, in the order of the registry."""
        order = list(LANGUAGES)
        found = TranslatorGroup.objects.filter(locale__language_code__in=order)
        return sorted(
            found.select_related("locale", "group"),
            key=lambda one: order.index(one.locale.language_code),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the languages."""
        rows = [(one, display_name(one.locale.language_code)) for one in self.groups]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Switches approval on in what is ticked, and off in the others."""
        ticked = set(request.POST.getlist("languages"))
        changed = [
            display_name(one.locale.language_code)
            for one in self.groups
            if switch_approval(one.locale, on=one.locale.language_code in ticked)
        ]
        if changed:
            messages.success(
                request, _("Changed: %(languages)s.") % {"languages": ", ".join(changed)}
            )
        return redirect(request.path)
