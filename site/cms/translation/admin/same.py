"""The list of texts that are the same as in the source: to be said so, and to be taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale

from cms.languages.names import display_name, translated_name
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.approval.rules import needs_approval
from cms.translation.models import SameOnPurpose
from cms.translation.roles.permissions import translator_locales
from cms.translation.roles.reading import unread_keys, unreadable_pages
from cms.translation.texts.equal_texts import EqualTexts, equal_texts, places_with_equal_texts
from cms.translation.texts.same_on_purpose import said_alone_in, say_same, withdraw_same

PLACES = 20
"""Pages and facts on one page of the list."""

LOOKED_AT = 100
"""Pages and facts that are read for it at most: not each that may have such texts has one."""

_DIGITS = 9
_PLACE_IN_LIST = ("p", "of", "start")

SAID = 50
"""Texts on one page of the list of what was said."""


def list_title() -> str:
    """The name of the list: *Same as in Swedish*."""
    return _("Same as in %(language)s") % {"language": translated_name(SOURCE_LANGUAGE_CODE)}


class OwnLanguageView(View):
    """Leads to the list of the first language that the user translates into."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Leads there.

        Raises:
            PermissionDenied: the user translates into none.
        """
        own = translator_locales(request.user)
        if not own:
            raise PermissionDenied
        return redirect("cms_translation:same", own[0].language_code)


class _ListView(WagtailAdminTemplateMixin, TemplateView):
    """A list of a language's texts, for those who translate into it."""

    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True
    url_name: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses everybody else."""
        if self.locale not in self.own_locales:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def locale(self) -> Locale:
        """The language."""
        found: Locale = get_object_or_404(Locale, language_code=self.kwargs["code"])
        return found

    @cached_property
    def unread(self) -> frozenset[UUID]:
        """The keys of what the user may not read and nobody has begun in the language."""
        return unread_keys(unreadable_pages(self.request.user), self.locale)

    @cached_property
    def own_locales(self) -> list[Locale]:
        """The languages that the user translates into."""
        return translator_locales(self.request.user)

    def get_page_title(self) -> str:
        """The heading."""
        return f"{list_title()}: {display_name(self.locale.language_code)}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the report."""
        above = {"url": reverse("cms_translation:matrix"), "label": _("Translation status")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the languages; the address has the code of this one."""
        return super().get_context_data(
            language=translated_name(self.locale.language_code),
            source_language=translated_name(SOURCE_LANGUAGE_CODE),
            list_title=list_title(),
            languages=[
                (display_name(one.language_code), self.address(one), one == self.locale)
                for one in self.own_locales
            ],
            **kwargs,
        )

    def address(self, locale: Locale, **query: Any) -> str:
        """The address of this list for a language."""
        address = reverse(self.url_name, args=[locale.language_code])
        return f"{address}?{urlencode(query)}" if query else address

    def again(self) -> HttpResponse:
        """Leads back to where the form was."""
        wanted = {name: value for name, value in self.request.GET.items() if name in _PLACE_IN_LIST}
        return redirect(self.address(self.locale, **wanted))


class SameView(_ListView):
    """Texts that are the same as in the source, by page; ``POST`` says that they are to be."""

    template_name = "cms_translation/same.html"
    url_name = "cms_translation:same"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the pages and facts with their texts, and where the list goes on."""
        groups, following = self._groups()
        finder = AdminURLFinder()
        return super().get_context_data(
            groups=[
                {
                    "group": group,
                    "title": str(group.instance),
                    "kind": group.instance._meta.verbose_name,
                    "edit_url": finder.get_edit_url(group.instance),
                }
                for group in groups
            ],
            only=self._only,
            start=self._start,
            following=following,
            **kwargs,
        )

    def _groups(self) -> tuple[list[EqualTexts], int | None]:
        """Groups to show, and the number of the place at which the rest begins, if there is any."""
        if self._only is not None:
            return equal_texts({self._only} - self.unread, self.locale), None
        end = self._start + LOOKED_AT
        places = [key for key in places_with_equal_texts(self.locale) if key not in self.unread]
        keys = places[self._start : end + 1]
        groups = equal_texts(keys[:LOOKED_AT], self.locale)
        if len(groups) > PLACES:
            return groups[:PLACES], self._start + keys.index(groups[PLACES].key)
        return groups, end if len(keys) > LOOKED_AT else None

    @property
    def _start(self) -> int:
        """The number of the place at which the list begins."""
        wanted = self.request.GET.get("start", "")
        return int(wanted) if wanted.isdecimal() and len(wanted) < _DIGITS else 0

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Says it of the ticked texts, each named by key and digest."""
        chosen = {
            (key, digest)
            for value in request.POST.getlist("texts")
            for name, _colon, digest in [value.partition(":")]
            if (key := _uuid(name)) is not None
        }
        keys = sorted({key for key, _digest in chosen} - self.unread)[:PLACES]
        fragments = [
            text.fragment
            for group in equal_texts(keys, self.locale)
            for digest, text in group.texts.items()
            if (group.key, digest) in chosen
        ]
        count = say_same(self.locale.pk, fragments, SameOnPurpose.How.LIST, user=request.user)
        language = translated_name(code)
        if count:
            text = ngettext(
                "%(count)d text counts as translated: it is the same in %(language)s.",
                "%(count)d texts count as translated: they are the same in %(language)s.",
                count,
            )
            messages.success(request, text % {"count": count, "language": language})
        elif fragments and needs_approval(self.locale.pk):
            messages.success(
                request, _("Another person is to tick the same texts. Then they count.")
            )
        else:
            messages.warning(request, _("Tick the texts that are the same."))
        return self.again()

    @cached_property
    def _only(self) -> UUID | None:
        """The page or fact that alone is asked for."""
        wanted = self.request.GET.get("of")
        if not wanted:
            return None
        key = _uuid(wanted)
        if key is None:
            raise Http404
        return key


class SaidView(_ListView):
    """Texts that are said to be the same; ``POST`` takes it back."""

    template_name = "cms_translation/said.html"
    url_name = "cms_translation:said"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the texts, the latest first."""
        said = SameOnPurpose.objects.filter(locale=self.locale).select_related("said_by")
        if alone := said_alone_in(self.locale.pk, self.unread):
            said = said.exclude(~Q(said_by=self.request.user.pk), digest__in=alone)
        pages = Paginator(said.order_by("-said_at", "-pk"), SAID)
        items = pages.get_page(self.request.GET.get("p"))
        return super().get_context_data(items=items, **kwargs)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Takes it back for the ticked texts."""
        count = withdraw_same(self.locale.pk, request.POST.getlist("texts"))
        if count:
            text = ngettext(
                "%(count)d text counts as untranslated again.",
                "%(count)d texts count as untranslated again.",
                count,
            )
            messages.success(request, text % {"count": count})
        else:
            messages.warning(request, _("Tick the texts that are to be translated."))
        return self.again()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
