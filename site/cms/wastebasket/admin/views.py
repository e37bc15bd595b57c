"""The screens on which a deleted page is brought back, or removed for good."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.languages.names import display_name
from cms.wastebasket.admin.forms import BringBackForm
from cms.wastebasket.admin.listing import days_left, type_name
from cms.wastebasket.bringing_back import Returned, bring_back
from cms.wastebasket.models import DeletedPage
from cms.wastebasket.permissions import may_bring_back, may_publish, may_remove, seen_by
from cms.wastebasket.placing import CannotComeBack, Place, find_place, proposed_parent


class _OfOnePage(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one deleted page, for who sees it in the list."""

    header_icon = "bin"
    http_method_names = ("get", "head", "post")
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Leads to the list where it is there no longer, or is not the user's.

        Raises:
            PermissionDenied: the user may not enter the admin.
        """
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if self.deleted is None:
            messages.error(request, _("It is not in the wastebasket any more."))
            return redirect("cms_wastebasket:list")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def deleted(self) -> Any:
        """The deleted page, if the user sees it."""
        seen = seen_by(self.request.user).select_related("deleted_by", "place")
        return seen.filter(pk=self.kwargs["pk"]).first()

    def get_page_subtitle(self) -> str:
        """The title of the page."""
        return str(self.deleted.title)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the list."""
        above = {"url": reverse("cms_wastebasket:list"), "label": _("Wastebasket")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.deleted.title}]


class BringBackView(_OfOnePage):
    """All that comes back with a page, and the button that does it."""

    page_title = gettext_lazy("Bring back")
    template_name = "cms_wastebasket/bring_back.html"

    @cached_property
    def parent(self) -> Page | None:
        """The page below which it comes back, unless another is chosen."""
        return proposed_parent(self.deleted)

    @cached_property
    def others(self) -> list[DeletedPage]:
        """Its versions in other languages that lie here too, the latest of each."""
        found: dict[str, DeletedPage] = {}
        same = seen_by(self.request.user).filter(key=self.deleted.key)
        for other in same.exclude(locale=self.deleted.locale):
            there = Page.objects.filter(
                translation_key=other.key, locale__language_code=other.locale
            )
            if other.locale not in found and not there.exists() and self._may(other):
                found[other.locale] = other
        return list(found.values())

    def _may(self, other: DeletedPage) -> bool:
        parent = proposed_parent(other)
        return parent is not None and may_bring_back(self.request.user, other, parent)

    @cached_property
    def is_allowed(self) -> bool:
        """Tells whether the user may bring it back somewhere."""
        user: Any = self.request.user
        if self.parent is None:
            return user.is_superuser or may_bring_back_somewhere(user)
        return may_bring_back(user, self.deleted, self.parent)

    def form(self, data: Any = None) -> BringBackForm:
        """The form."""
        may = self.parent is None or may_publish(self.request.user, self.parent)
        return BringBackForm(
            data, deleted=self.deleted, parent=self.parent, may_publish=may, others=self.others
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what comes back, and where to."""
        form = kwargs.pop("form", None) or self.form()
        place, problem = self._place()
        return super().get_context_data(
            deleted=self.deleted,
            type=type_name(self.deleted),
            language=display_name(self.deleted.locale),
            days_left=days_left(self.deleted),
            comes_back=list(self._comes_back()),
            parent=self.parent,
            place=place,
            problem=problem,
            form=form if self.is_allowed else None,
            media=form.media,
            may_remove=may_remove(self.request.user),
            **kwargs,
        )

    def _place(self) -> tuple[Place | None, str]:
        if self.parent is None:
            return None, ""
        try:
            return find_place(self.deleted, self.parent), ""
        except CannotComeBack as error:
            return None, str(error)

    def _comes_back(self) -> Iterator[str]:
        details, count = self.deleted.details, self.deleted.pages
        yield ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
        for name, line in _LINES:
            if number := details[name]:
                yield line % {"count": number}
        if languages := [display_name(code) for code in details["taken_down"]]:
            yield _("published translations that were taken down: %(languages)s") % {
                "languages": ", ".join(languages)
            }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Brings it back, and says what came of it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        parent = form.cleaned_data.get("parent") or self.parent
        if parent is None or not may_bring_back(request.user, self.deleted, parent):
            raise PermissionDenied
        as_drafts = form.is_as_drafts or not may_publish(request.user, parent)
        chosen = form.cleaned_data.get("others", [])
        try:
            returned = bring_back(self.deleted, parent, request.user, as_drafts=as_drafts)
        except CannotComeBack as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        except DeletedPage.DoesNotExist:
            messages.error(request, _("It is not in the wastebasket any more."))
            return redirect("cms_wastebasket:list")
        _tell(request, returned, as_drafts=as_drafts)
        for other in self.others:
            if str(other.pk) in chosen:
                self._bring_other_back(other, as_drafts=as_drafts)
        return redirect("wagtailadmin_explore", parent.pk)

    def _bring_other_back(self, other: DeletedPage, *, as_drafts: bool) -> None:
        parent = proposed_parent(other)
        if parent is None or not may_bring_back(self.request.user, other, parent):
            return
        as_drafts = as_drafts or not may_publish(self.request.user, parent)
        try:
            returned = bring_back(other, parent, self.request.user, as_drafts=as_drafts)
        except (CannotComeBack, DeletedPage.DoesNotExist) as error:
            messages.error(self.request, f"{other.title}: {error}")
        else:
            _tell(self.request, returned, as_drafts=as_drafts)


_LINES: Final[tuple[tuple[str, Any], ...]] = (
    (
        "revisions",
        ngettext_lazy(
            "%(count)d version of its history", "%(count)d versions of its history", "count"
        ),
    ),
    ("redirects", ngettext_lazy("%(count)d redirect", "%(count)d redirects", "count")),
    (
        "restrictions",
        ngettext_lazy(
            "%(count)d restriction of who may read it",
            "%(count)d restrictions of who may read it",
            "count",
        ),
    ),
    ("comments", ngettext_lazy("%(count)d comment", "%(count)d comments", "count")),
    (
        "scheduled",
        ngettext_lazy(
            "%(count)d time at which it is to be published",
            "%(count)d times at which it is to be published",
            "count",
        ),
    ),
)
"""A line for each of what ``details`` counts."""


def may_bring_back_somewhere(user: Any) -> bool:
    """Tells whether there is a page below which somebody may add another."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "add"))


def _tell(request: HttpRequest, returned: Returned, *, as_drafts: bool) -> None:
    page = returned.page
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))]
    if not as_drafts and page.live and page.url:
        buttons.insert(0, messages.button(page.url, _("View live")))
    said = (_("“%(title)s” is back, as a draft.") if as_drafts else _("“%(title)s” is back.")) % {
        "title": page.get_admin_display_title()
    }
    messages.success(request, said, buttons=buttons)
    for line in _left_out(returned):
        messages.warning(request, line)


def _left_out(returned: Returned) -> Iterator[str]:
    """Sentences about what is another than it was."""
    place = returned.place
    if place.slug != place.former_slug:
        yield _("Another page has its address by now, so its slug is “%(slug)s”.") % {
            "slug": place.slug
        }
    if returned.redirects_left_out:
        yield ngettext(
            "%(count)d redirect was left out: its address leads elsewhere by now.",
            "%(count)d redirects were left out: their addresses lead elsewhere by now.",
            returned.redirects_left_out,
        ) % {"count": returned.redirects_left_out}
    if returned.links_left_out:
        yield ngettext(
            "%(count)d page that pointed to it was published since, and does not show it again.",
            "%(count)d pages that pointed to it were published since, and do not show it again.",
            returned.links_left_out,
        ) % {"count": returned.links_left_out}
    if returned.rekeyed:
        yield ngettext(
            "%(count)d page has another version in its language by now, and is no longer tied to "
            "its translations.",
            "%(count)d pages have other versions in their language by now, and are no longer tied "
            "to their translations.",
            returned.rekeyed,
        ) % {"count": returned.rekeyed}


class RemoveView(_OfOnePage):
    """The question whether a page is to be removed for good, and doing it."""

    page_title = gettext_lazy("Delete for good")
    template_name = "cms_wastebasket/remove.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuses all but administrators.

        Raises:
            PermissionDenied: the user is none.
        """
        if not may_remove(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the page."""
        return super().get_context_data(deleted=self.deleted, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Removes it."""
        log(instance=self.deleted, action="wagtail.delete", user=request.user, deleted=True)
        self.deleted.delete()
        messages.success(request, _("“%(title)s” is deleted for good.") % {"title": self.deleted})
        return redirect("cms_wastebasket:list")
