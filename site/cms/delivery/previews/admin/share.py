"""*Share a draft*: links to a page's draft for who has no login."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.delivery.previews.admin.window import OfDraft, admin_origin
from cms.delivery.previews.front_end import draft_address
from cms.delivery.previews.models import PreviewToken
from cms.delivery.previews.tokens import LONGEST, live_links, make_token, withdraw

USUAL_DAYS: Final = 7


class ShareForm(forms.Form):
    """For whom a link is, and for how long."""

    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("A note for you and your colleagues; nobody else sees it."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        initial=USUAL_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST.days)],
        widget=forms.NumberInput(attrs={"min": 1, "max": LONGEST.days}),
        help_text=gettext_lazy("After so many days the link opens nothing any more."),
    )


class ShareView(OfDraft, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """The links of a page; ``POST`` makes another, and shows it: this once."""

    template_name = "cms_previews/share.html"
    page_title = gettext_lazy("Share a draft")
    header_icon = "link"
    form_class = ShareForm
    http_method_names = ("get", "head", "post")
    _show_breadcrumbs = True

    def get_page_subtitle(self) -> str:
        """The title of the draft."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Behind the editor of the page."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the links that are alive."""
        return super().get_context_data(page=self.page, links=live_links(self.page), **kwargs)

    def form_valid(self, form: ShareForm) -> HttpResponse:
        """Makes the link, and shows it."""
        admin = admin_origin(self.request)
        token = make_token(
            self.page,
            self.request.user,
            timedelta(days=form.cleaned_data["days"]),
            admin=admin,
            is_shared=True,
            label=form.cleaned_data["label"],
        )
        link = draft_address(self.page, token, admin)
        response = self.render_to_response(self.get_context_data(form=ShareForm(), link=link))
        # The page with the link is not to be found again by going back.
        response["Cache-Control"] = "no-store"
        return response


class WithdrawView(OfDraft):
    """``POST``: ends a link."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, page_id: int, token_id: int) -> HttpResponse:
        """Ends any link to the draft that the user may share."""
        token = get_object_or_404(PreviewToken, pk=token_id, page_id=self.page.pk, is_shared=True)
        withdraw(token, self.page, request.user)
        messages.success(request, _("The link opens nothing any more."))
        return redirect("delivery_previews:share", page_id)
