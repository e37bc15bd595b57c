"""The place of a page among its siblings: dragged within what a list shows, or entered."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.ui.tables.orderable import OrderingColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.models import Page

from cms.content.order.sources import number_that_follow, page_that_decides

_ANY_PAGE: Final = 999999
"""The id in an address that Wagtail's script replaces by that of the page that is dragged."""


def place_of(page: Page) -> int:
    """The place of a page among its siblings, counted from 0."""
    place: int = page.get_siblings().filter(path__lt=page.path).count()
    return place


def place_page(page: Page, place: int, user: Any) -> int:
    """Moves a page among its siblings; returns its place, the nearest to that which it may have."""
    parent = page.get_parent()
    # In the tree of a translation, what has no source comes after what has one.
    place = max(min(place, parent.numchild - 1), number_that_follow(parent))
    before = place_of(page)
    if place == before:
        return place
    if place == parent.numchild - 1:
        page.move(parent, pos="last-child", user=user)
        return place
    there = parent.get_children()[place]
    page.move(there, pos="left" if place < before else "right", user=user)
    return place


def reorder_address(before: int) -> str:
    """The address to which a list sends what is dragged; so many pages come before those shown."""
    return reverse("cms_drag_page", args=[_ANY_PAGE, before])


class PlaceColumn(OrderingColumn):
    """The handle by which a page is dragged, and its place, which leads to the form for another."""

    cell_template_name = "content/admin/place_cell.html"

    class Media:
        css = {"all": ["content/admin/placing.css"]}


class _OfPage:
    """The page of an address, for who may reorder it and its siblings."""

    kwargs: dict[str, Any]

    @cached_property
    def page(self) -> Page:
        """The page; one without siblings, as the root has none, is not there."""
        found: Page = get_object_or_404(Page, pk=self.kwargs["page_id"], depth__gt=1)
        return found

    @cached_property
    def parent(self) -> Page:
        """The page above it."""
        above: Page = self.page.get_parent()
        return above

    @cached_property
    def source(self) -> Page | None:
        """The page of the source that decides where this translation stands."""
        return page_that_decides(self.page)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses everybody else."""
        if not self.parent.permissions_for_user(request.user).can_reorder_children():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


def _says_why(source: Page) -> str:
    """Says of a translation why it cannot be moved among its siblings, and what to move instead."""
    said = _("It stands where its source stands, “%(title)s”, in every language. Move that page.")
    return said % {"title": source.get_admin_display_title()}


class DragView(_OfPage, View):
    """``POST`` with ``position`` among the rows of a list, of which ``before`` are not shown."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, page_id: int, before: int) -> HttpResponse:
        """Moves it; to the end where no position is sent, as Wagtail's view does."""
        if self.source is not None:
            return HttpResponse(_says_why(self.source), status=409, content_type="text/plain")
        position = request.GET.get("position", "")
        is_number = position.isascii() and position.isdecimal()
        place = before + int(position[:9]) if is_number else self.parent.numchild
        place_page(self.page, place, request.user)
        return HttpResponse("")


class PlaceForm(forms.Form):
    """The place of a page among its siblings, counted from 1."""

    place = forms.IntegerField(label=gettext_lazy("Place"), min_value=1)

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.widget.attrs["max"] = count
        place.validators = [*place.validators, MaxValueValidator(count)]
        place.help_text = _("1 is the first, %(count)s the last.") % {"count": count}


class PlaceView(_OfPage, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """The form by which a page gets any place among its siblings."""

    form_class = PlaceForm
    template_name = "content/admin/place.html"
    header_icon = "order"
    _show_breadcrumbs = True

    def get_page_title(self) -> str:
        """The heading."""
        return _("Place among its siblings")

    def get_page_subtitle(self) -> str:
        """The title of the page."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Behind the list of the page above it."""
        above = {"url": self.list_url, "label": str(self.parent.get_admin_display_title())}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    @property
    def list_url(self) -> str:
        """The list of the page and its siblings, in the order of the tree."""
        return f"{reverse('wagtailadmin_explore', args=[self.parent.pk])}?ordering=ord"

    def get_initial(self) -> dict[str, Any]:
        """The place that it has."""
        return {"place": place_of(self.page) + 1}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Says how many there are."""
        return {**super().get_form_kwargs(), "count": self.parent.numchild}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds where the way back leads."""
        return super().get_context_data(
            list_url=self.list_url,
            parent=self.parent.get_admin_display_title(),
            source=self.source,
            says_why=_says_why(self.source) if self.source else "",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows a translation why it cannot be moved; moves any other page."""
        if self.source is not None:
            return self.render_to_response(self.get_context_data(), status=409)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PlaceForm) -> HttpResponse:
        """Moves it, and shows it where it is now."""
        count = self.parent.numchild
        place = place_page(self.page, form.cleaned_data["place"] - 1, self.request.user)
        said = _("“%(title)s” is now number %(place)s of %(count)s.")
        title = self.page.get_admin_display_title()
        messages.success(self.request, said % {"title": title, "place": place + 1, "count": count})
        shown = place // ExplorableIndexView.paginate_by + 1
        return HttpResponse(
            status=302, headers={"Location": f"{self.list_url}&p={shown}#page_{self.page.pk}"}
        )


def admin_urls() -> list[object]:
    """For Wagtail's hook that collects addresses."""
    return [
        path("pages/<int:page_id>/place/", PlaceView.as_view(), name="cms_place_page"),
        path("pages/<int:page_id>/place/<int:before>/", DragView.as_view(), name="cms_drag_page"),
    ]
