"""Choosers that offer only what is in the language of the page being edited."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from wagtail.admin.views.generic.chooser import BaseChooseView
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)

from cms.content.admin.visible import visible

PAGE_VIEWS = {
    "wagtailadmin_pages:edit": "page_id",
    "wagtailadmin_pages:add": "parent_page_id",
}
"""The views in which a page is edited, and the argument that leads to its language."""


def language_being_edited(request: HttpRequest) -> Locale | None:
    """The locale of the page or snippet in whose form a chooser was opened.

    A chooser asks in a request of its own and does not say for which form; the browser does, in
    the header that names the page it stands on. ``None`` where that leads nowhere: the chooser
    then offers all languages, as Wagtail does.
    """
    address = urlsplit(request.headers.get("Referer", ""))
    try:
        match = resolve(address.path)
    except Resolver404:
        return None
    if argument := PAGE_VIEWS.get(match.view_name):
        return Locale.objects.filter(
            pk__in=Page.objects.filter(pk=match.kwargs[argument]).values("locale")
        ).first()
    return _snippet_language(match, parse_qs(address.query))


def _snippet_language(match: Any, query: dict[str, list[str]]) -> Locale | None:
    for model in get_snippet_models():
        if not issubclass(model, TranslatableMixin):
            continue
        viewset: Any = model.snippet_viewset
        if match.view_name == viewset.get_url_name("edit"):
            found: Any = model._default_manager.filter(pk=match.kwargs["pk"])
            return Locale.objects.filter(pk__in=found.values("locale")).first()
        if match.view_name == viewset.get_url_name("add"):
            code = query.get("locale", [""])[0]
            return Locale.objects.filter(language_code=code).first()
    return None


class OwnLanguageMixin:
    """For a view of a snippet chooser."""

    request: HttpRequest
    model: Any

    @property
    def results_template_name(self) -> str:
        """The list, which asks nobody to make a snippet who may not."""
        policy = policy_registry.get_by_type(self.model)
        may_add = policy.user_has_permission(self.request.user, "add")
        template: str = (BaseSnippetChooseView if may_add else BaseChooseView).results_template_name
        return template

    def get_object_list(self) -> Any:
        """The snippets of the language being edited, and of others' none that is not live."""
        objects: Any = visible(self.request.user, super().get_object_list())  # type: ignore[misc]
        locale = language_being_edited(self.request)
        return objects if locale is None else objects.filter(locale=locale)


class OwnLanguageChooseView(OwnLanguageMixin, ChooseView):
    """The chooser as it opens."""


class OwnLanguageChooseResultsView(OwnLanguageMixin, ChooseResultsView):
    """The chooser as one searches in it."""


class OwnLanguageSnippetChooserViewSet(SnippetChooserViewSet):
    """A snippet chooser that offers one language."""

    choose_view_class = OwnLanguageChooseView
    choose_results_view_class = OwnLanguageChooseResultsView
