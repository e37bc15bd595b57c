"""Begins translations as drafts, in the languages of who asks for them.

wagtail-localize 1.14.5's form for submitting offers every language to everybody, names a page by
the title of its draft, and makes live aliases with the source's text of pages above that are not
translated yet. Here it offers the languages into which the user translates, names the draft to who
works on it, and begins drafts. May go when upstream knows languages of users and makes drafts.
"""

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.translation.lifecycle.beginning import begin_translation
from cms.translation.roles.permissions import may_change, translator_locales
from cms.upstream.replacement import Replacement, UpstreamCode, apply_replacements, declare

VIEWS: Final = "wagtail_localize.views.submit_translations"

BASE: Final = UpstreamCode(
    f"{VIEWS}:SubmitTranslationView",
    "8c48a67a530a2012e647a0d185089dfa9817301706e5dc4531f2ea1eac3ecef5",
)
FORM: Final = UpstreamCode(
    f"{VIEWS}:SubmitTranslationForm",
    "a327a61d483770f69d8b59d22ac8ca486471b9a69ca4b2493944de8f163b77dd",
)


def apply() -> None:
    """Puts it in, before the admin's addresses are made."""
    declare(BASE, FORM)
    apply_replacements(
        Replacement(
            f"{VIEWS}:SubmitPageTranslationView",
            "2703140b655dba0a3dd88c370a5f7e7e12d5768e43c05d84df0fc1f5bbeacb6b",
            in_own_languages,
        ),
        Replacement(
            f"{VIEWS}:SubmitSnippetTranslationView",
            "53032c31b9a21312042dd6253060aa2eacc29af922312ae7c75a391f9c079339",
            in_own_languages,
        ),
    )


def in_own_languages(view: Any) -> Any:
    """The view, of which what :class:`OwnLanguages` does is ours."""
    return type(view.__name__, (OwnLanguages, view), {"__doc__": view.__doc__})


class OwnLanguages:
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

    def get_subtitle(self) -> str:
        """The title; that of a draft for who works on the page."""
        title: str = super().get_subtitle()  # type: ignore[misc]
        if isinstance(self.object, Page) and not may_change(self.request.user, self.object):
            return str(self.object.title)
        return title

    def get_default_success_url(self, begun: Any = None) -> str:
        """Leads to what was begun or is translated; to the start page where both are refused."""
        for thing in (begun, self.object):
            if thing is not None and may_change(self.request.user, thing):
                found: str = super().get_default_success_url(begun if thing is begun else None)  # type: ignore[misc]
                return found
        return reverse("wagtailadmin_home")

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
