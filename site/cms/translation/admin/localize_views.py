"""In the place of some views of wagtail-localize 1.14.5, at the same addresses.

Upstream's form for submitting offers every language to everybody, and makes live aliases with the
source's text of pages above that are not translated yet. *Sync translated pages* is done by
publishing, and could publish all languages at once. *Convert to alias* puts the source's text
under a language's name. The report is ours. May go when upstream knows languages of users.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail.models import Page
from wagtail_localize.views import convert, submit_translations

from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.roles.permissions import translator_locales


class _OwnLanguages:
    """For a form that asks into which languages to translate."""

    request: HttpRequest
    object: Any

    def get_form(self) -> Any:
        """Offers the languages that the user may translate into, or all to who writes the source.

        Whoever submits only asks for a translation; it is a draft until its translators publish.
        """
        form: Any = super().get_form()  # type: ignore[misc]
        own = translator_locales(self.request.user)
        if not self.request.user.is_superuser and own:
            locales = form.fields["locales"]
            locales.queryset = locales.queryset.filter(pk__in=[locale.pk for locale in own])
        return form

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Begins the translations, those of the pages below too if that was asked for."""
        locales = list(form.cleaned_data["locales"])
        sources = [self.object]
        if isinstance(self.object, Page) and form.cleaned_data["include_subtree"]:
            sources += self.object.get_descendants().live().filter(alias_of=None).specific()
        for source in sources:
            for locale in locales:
                begin_translation(source, locale, self.request.user)
        names = ", ".join(str(locale) for locale in locales)
        messages.success(
            self.request, _("Ready to be translated into: %(languages)s.") % {"languages": names}
        )
        begun = self.object.get_translation_or_none(locales[0]) if len(locales) == 1 else None
        address: Any = self.get_success_url() or self.get_default_success_url(begun)  # type: ignore[attr-defined]
        return redirect(address)


class SubmitPageView(_OwnLanguages, submit_translations.SubmitPageTranslationView):
    """*Translate this page*."""


class SubmitSnippetView(_OwnLanguages, submit_translations.SubmitSnippetTranslationView):
    """*Translate* for a snippet."""


def explain_update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Says that there is nothing to synchronise."""
    messages.info(
        request,
        _("Translations follow by themselves when a page is published. Each language is published "
          "by its own translators."),
    )  # fmt: skip
    return redirect("cms_translation:matrix")


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """For administrators alone: it throws the translation away.

    Raises:
        PermissionDenied: for everybody else.
    """
    if not request.user.is_superuser:
        raise PermissionDenied
    response: HttpResponse = convert.convert_to_alias(request, page_id)
    return response


def to_our_report(request: HttpRequest) -> HttpResponse:
    """Leads from upstream's report to ours."""
    return redirect(reverse("cms_translation:matrix"))


class EditorCatalogue(JavaScriptCatalog):
    """The messages of the translation editor.

    It joins *Publish in* and the language, and upstream's Swedish has lost the space between them.
    """

    packages = ["wagtail_localize"]

    def get_catalog(self) -> dict[str, Any]:
        """Upstream's catalogue, with a space at the end of each text whose source ends with one."""
        return {
            source: f"{text} "
            if isinstance(text, str) and source.endswith(" ") and not text.endswith(" ")
            else text
            for source, text in super().get_catalog().items()
        }


def urlpatterns() -> list[URLPattern]:
    """Patterns that resolve before upstream's, since our application stands before it."""
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPageView.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            SubmitSnippetView.as_view(),
        ),
        path("localize/update/<int:translation_source_id>/", explain_update),
        path("localize/page/<int:page_id>/convert_to_alias/", convert_to_alias),
        path("localize/jsi18n/", EditorCatalogue.as_view()),
        path("localize/reports/translations/", to_our_report),
        path("localize/reports/translations/results/", to_our_report),
    ]
