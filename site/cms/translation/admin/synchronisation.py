"""Asks administrators before a translation is stopped, or started again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.action_menu import ActionMenuItem as PageActionMenuItem
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.snippets.action_menu import ActionMenuItem as SnippetActionMenuItem
from wagtail_localize.models import Translation

from cms.languages.names import translated_name
from cms.translation.comparison import readable
from cms.translation.lifecycle.synchronisation import (
    hand_written,
    start_synchronisation,
    stop_synchronisation,
)

UPSTREAMS_START = "localize-restart-translation"
"""The name of wagtail-localize's item of the editor's menu."""

UPSTREAMS_ALIAS = "localize-convert-to-alias"
"""The name of its item that throws the translation away for an alias."""

SHOWN = 20
"""Texts without a place that are shown."""


class _AskingView(WagtailAdminTemplateMixin, TemplateView):
    """A page that says what would happen, and does it by ``POST``; for administrators."""

    template_name = "cms_translation/confirm_synchronisation.html"
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True
    is_enabled: bool

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses everybody else."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def translation(self) -> Translation:
        """The translation, in the state that is to be changed."""
        translation: Translation = get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale"),
            pk=self.kwargs["translation_id"],
            enabled=self.is_enabled,
        )
        return translation

    @cached_property
    def instance(self) -> Any:
        """The page or fact in the language; it and its source have to be there."""
        try:
            self.translation.source.get_source_instance()
            return self.translation.get_target_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error

    @property
    def edit_url(self) -> str:
        """The address of its editor."""
        return str(AdminURLFinder().get_edit_url(self.instance))

    def get_page_subtitle(self) -> str:
        """The title of the page or fact."""
        return str(self.instance)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Behind the editor of it."""
        above = {"url": self.edit_url, "label": str(self.instance)}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what it is about."""
        return super().get_context_data(
            title=str(self.instance),
            language=translated_name(self.translation.target_locale.language_code),
            source_language=translated_name(self.translation.source.locale.language_code),
            edit_url=self.edit_url,
            is_enabled=self.is_enabled,
            **kwargs,
        )


class StopView(_AskingView):
    """Stops keeping a translation in step with its source."""

    is_enabled = True

    def get_page_title(self) -> str:
        """The heading."""
        return _("Stop synchronisation")

    def post(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        """Stops it and leads to the ordinary editor."""
        stop_synchronisation(self.translation)
        messages.success(
            request, _("“%(title)s” is written by hand from now on.") % {"title": self.instance}
        )
        return redirect(self.edit_url)


class StartView(_AskingView):
    """Keeps a translation in step with its source again."""

    is_enabled = False

    def get_page_title(self) -> str:
        """The heading."""
        return _("Start synchronisation again")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what becomes of the texts that were written by hand."""
        context = super().get_context_data(**kwargs)
        written = hand_written(self.translation)
        return context | {
            "placed": len(written.placed),
            "unplaced": len(written.unplaced),
            "shown": [readable(text.data) for text in written.unplaced[:SHOWN]],
            "more": max(0, len(written.unplaced) - SHOWN),
            "kept": len(written.choices.kept),
            "lost": list(filter(None, dict.fromkeys(written.choices.lost))),
        }

    def post(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        """Starts it and leads to the translators' editor."""
        editor = self.edit_url
        start_synchronisation(self.translation, request.user)
        messages.success(
            request,
            _("“%(title)s” follows its source again. Nothing is published yet.")
            % {"title": self.instance},
        )
        return redirect(editor)


def replace_start_item(items: list[Any], request: HttpRequest, instance: Any) -> None:
    """Puts a link to the question in the place of wagtail-localize's item of an editor's menu.

    Its own sends the form, and what was written there and not saved would be gone.
    """
    for index, item in enumerate(items):
        if item.name != UPSTREAMS_START:
            continue
        items.pop(index)
        stopped = Translation.objects.filter(
            source__object_id=instance.translation_key,
            target_locale_id=instance.locale_id,
            enabled=False,
        ).first()
        if stopped is not None and request.user.is_superuser:
            kind = _StartSnippetItem if isinstance(item, SnippetActionMenuItem) else _StartPageItem
            items.append(kind(reverse("cms_translation:start", args=[stopped.pk])))
        return


class _StartItem:
    """A link to the question.

    Stands behind all others: the first of them is the one that a single click chooses.
    """

    name = "start-synchronisation"
    icon_name = "rotate"
    classname = "action-secondary"
    order = 200

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def label(self) -> str:
        """The name of the item."""
        return str(_("Start synchronisation again"))

    def get_url(self, parent_context: Any) -> str:
        """The address of the question."""
        return self._url


class _StartPageItem(_StartItem, PageActionMenuItem):
    """For the editor of a page."""


class _StartSnippetItem(_StartItem, SnippetActionMenuItem):
    """For the editor of a fact."""
