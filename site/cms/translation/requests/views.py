"""The page on which an editor asks languages for a page or fact, by a day."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import TranslatableMixin
from wagtail_localize.models import TranslationSource

from cms.languages.names import display_name
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.models import LanguageStatus, Status, TranslationRequest
from cms.translation.models.requests import LONGEST_NOTE
from cms.translation.requests.asking import (
    ask,
    count_readers,
    may_ask,
    source_instance,
    withdraw,
)
from cms.translation.requests.daily_mail import sends_mail


def ask_url(instance: Any) -> str:
    """The address at which languages are asked for a page or fact; empty where none can be.

    It is looked up for each row of a list, and asks the database for nothing.
    """
    if not isinstance(instance, TranslatableMixin):
        return ""
    is_source = instance.locale.language_code == SOURCE_LANGUAGE_CODE
    if not is_source or getattr(instance, "alias_of_id", None) or not instance.live:
        return ""
    return reverse("cms_translation:ask", args=[instance.translation_key])


class AskForm(forms.Form):
    """The languages, the day and the note."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        error_messages={"required": gettext_lazy("Tick the languages that you ask.")},
    )
    due = forms.DateField(
        label=gettext_lazy("Wanted by"),
        # Not Wagtail's: its calendar empties a day that was typed when one clicks elsewhere.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the day by which you want it.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the translators"),
        help_text=gettext_lazy("For example what it is for, or which terms to use. Plain text."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
    )

    def __init__(self, codes: list[str], *args: Any, **kwargs: Any) -> None:
        """Offers some languages."""
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["languages"]
        languages.choices = [(code, display_name(code)) for code in codes]

    def clean_due(self) -> date:
        """Refuses a day that is over."""
        due: date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("That day is over. Choose today or a later day."))
        return due

    def clean_note(self) -> str:
        """Makes one paragraph of it, as it is read in a row of a list."""
        return " ".join(str(self.cleaned_data["note"]).split())


class AskView(WagtailAdminTemplateMixin, TemplateView):
    """The languages of a page or fact: how far each is, what was asked, and a form to ask.

    ``?language=smj`` fills the form with what that language was asked.
    """

    template_name = "cms_translation/ask.html"
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may change it in the language of the source.

        Raises:
            PermissionDenied: somebody else.
        """
        if not may_ask(request.user, self.source):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def source(self) -> TranslationSource:
        """The source of the translations; it has one as soon as it is published."""
        return _source_of(self.kwargs["key"])

    @cached_property
    def instance(self) -> Any:
        """The page or fact."""
        return source_instance(self.source)

    @cached_property
    def statuses(self) -> list[LanguageStatus]:
        """The status of each language, in the order of the registry."""
        order = list(LANGUAGES)
        found = self.source.statuses.select_related("locale").filter(
            locale__language_code__in=order
        )
        return sorted(found, key=lambda one: order.index(one.locale.language_code))

    @cached_property
    def open_requests(self) -> dict[int, TranslationRequest]:
        """Open requests by the id of the locale."""
        found = self.source.requests.filter(outcome="").select_related("asked_by")
        return {request.locale_id: request for request in found}

    @cached_property
    def form(self) -> AskForm:
        """The form; of a language that is complete there is nothing to ask."""
        codes = [one.locale.language_code for one in self.statuses if one.status != Status.COMPLETE]
        if self.request.method == "POST":
            return AskForm(codes, self.request.POST)
        wanted = self.request.GET.get("language")
        for one in self.statuses:
            asked = self.open_requests.get(one.locale_id)
            if asked is not None and one.locale.language_code == wanted:
                return AskForm(
                    codes, initial={"languages": [wanted], "due": asked.due, "note": asked.note}
                )
        return AskForm(codes)

    def get_page_title(self) -> str:
        """The heading."""
        return _("Ask for translation of “%(title)s”") % {"title": self.instance}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Behind its editor."""
        edit_url = str(AdminURLFinder(self.request.user).get_edit_url(self.instance) or "")
        above = {"url": edit_url, "label": str(self.instance)}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the languages, each with what was asked of it."""
        ticked = self.form["languages"].value() or []
        readers = count_readers(self.source, [one.locale for one in self.statuses])
        today = timezone.localdate()
        return super().get_context_data(
            form=self.form,
            title=str(self.instance),
            is_live=any(one.source_live for one in self.statuses),
            rows=[
                {
                    "status": one,
                    "code": one.locale.language_code,
                    "name": display_name(one.locale.language_code),
                    "words_left": one.words - one.translated_words,
                    "request": (asked := self.open_requests.get(one.locale_id)),
                    "is_overdue": asked is not None and asked.due < today,
                    "is_complete": one.status == Status.COMPLETE,
                    "is_ticked": one.locale.language_code in ticked,
                    "readers": readers.get(one.locale_id, 0),
                }
                for one in self.statuses
            ],
            sends_mail=sends_mail(),
            list_url=reverse("cms_translation:asked"),
            **kwargs,
        )

    def post(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Asks, or says what the form lacks."""
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        given = self.form.cleaned_data
        chosen = [
            one.locale for one in self.statuses if one.locale.language_code in given["languages"]
        ]
        for locale in chosen:
            ask(self.source, locale, request.user, given["due"], given["note"])
        text = ngettext(
            "%(count)d language is asked.", "%(count)d languages are asked.", len(chosen)
        )
        messages.success(request, text % {"count": len(chosen)})
        return redirect("cms_translation:ask", key)


def _source_of(key: UUID) -> TranslationSource:
    sources = TranslationSource.objects.filter(object=key).select_related(
        "locale", "specific_content_type"
    )
    found = sorted(sources, key=lambda one: one.locale.language_code != SOURCE_LANGUAGE_CODE)
    if not found:
        raise Http404
    return found[0]


class WithdrawView(View):
    """``POST``: withdraws a request, and leads back to the page or fact that it was for."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraws it.

        Raises:
            PermissionDenied: the user may not ask for it either.
        """
        found = get_object_or_404(
            TranslationRequest.objects.select_related("source__specific_content_type", "locale"),
            pk=pk,
        )
        if not may_ask(request.user, found.source):
            raise PermissionDenied
        name = display_name(found.locale.language_code)
        if withdraw(found, request.user):
            text = _("The request to %(language)s is withdrawn.")
            messages.success(request, text % {"language": name})
        else:
            messages.info(request, _("That request had ended already."))
        return redirect("cms_translation:ask", found.source.object_id)
