"""Has Wagtail close a page in every language, by the rule of ``translation/lifecycle``.

Wagtail 8.0.1 closes what lies below a restricted page in its own tree alone. Here everything that
asks it for a page's restrictions, or for public pages, asks the one rule: serving pages to people,
``public()``, both APIs, the privacy form and the padlocks of the admin. May go when restrictions
hold for translations and aliases upstream, wherever these stand.
"""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Page, PageViewRestriction

from cms.translation.admin.taking_down import closed_along
from cms.translation.lifecycle.closed_pages import restrictions_of
from cms.upstream.replacement import Replacement, UpstreamCode, apply_replacements, declare

PUBLIC_PAGES = "wagtail.api.querysets:get_public_pages_queryset"
PRIVACY = "wagtail.admin.views.page_privacy:SetPrivacyView.dispatch"


def apply() -> None:
    """Puts it in, before Wagtail's API and views import what is replaced."""
    apply_replacements(
        Replacement(
            "wagtail.query:PageQuerySet.private_q",
            "eb30b1c0017f13c2f7f385972ddefbe70a2c2818d648ce22a709c370ac519368",
            lambda _upstreams: private_q,
        ),
        Replacement(
            "wagtail.models:Page.get_view_restrictions",
            "f41021bde7cdda11d832d32e9e28cdb92f197ddac050218ff8c748e65a888c05",
            lambda _upstreams: get_view_restrictions,
        ),
        Replacement(
            PUBLIC_PAGES,
            "07720e18e660a7c57f5c14b6956f8129fad6bbab5939acbe2a1313f100644538",
            without_closed,
        ),
        Replacement(
            PRIVACY,
            "07874213a8c0079531f6b3d460faac797796b38466ec5dd1095a9f30457b9dcd",
            lambda _upstreams: find_restrictions,
        ),
    )
    apply_replacements(
        Replacement(
            "wagtail.admin.views.page_privacy:SetPrivacyView.get_form",
            "78ec94746c3b96fbd731253e0adef2db99014166d8dbc349fb199785b268e7be",
            naming_languages,
        )
    )
    declare(
        UpstreamCode(
            "wagtail.admin.templatetags.wagtailadmin_tags:test_page_is_public",
            "f924c02351e2bf34940b4e673eb20659de3f8ef06be1faf87b958313b3066e17",
        )
    )
    wagtailadmin_tags.register.simple_tag(
        is_page_public, takes_context=True, name="test_page_is_public"
    )


def private_q(pages: Any) -> Q:
    """The condition for pages that are closed."""
    return Q(id__is_closed=True)


def get_view_restrictions(page: Any) -> Any:
    """The restrictions by which a page is closed; none for one that is not stored yet."""
    if page.pk is None:
        return PageViewRestriction.objects.none()
    return restrictions_of(page.pk)


def without_closed(find: Any) -> Any:
    """The pages that an anonymous reader of the API may see, without those that are closed."""

    @wraps(find)
    def find_public(request: Any, model: Any = Page) -> Any:
        return find(request, model).filter(id__is_closed=False)

    return find_public


def find_restrictions(view: Any, request: Any, page_id: int, *args: Any, **kwargs: Any) -> Any:
    """Shows the form with the page's own restriction, and names another that holds for it."""
    view.page = get_object_or_404(Page, id=page_id).specific_deferred
    if not view.page.permissions_for_user(request.user).can_set_view_restrictions():
        raise PermissionDenied
    others = view.page.get_view_restrictions().exclude(page_id=view.page.pk)
    view.restriction = view.page.view_restrictions.order_by("pk").first()
    view.restriction_on_ancestor = others.order_by("-page__depth", "pk").first()
    view.object = view.restriction
    return super(SetPrivacyView, view).dispatch(request, page_id, *args, **kwargs)


def naming_languages(make_form: Any) -> Any:
    """The form, which says in which other languages live pages are closed along."""

    @wraps(make_form)
    def make_form_with_languages(view: Any, form_class: Any = None) -> Any:
        form = make_form(view, form_class)
        if found := closed_along(view.page):
            names = ", ".join(f"{name} ({count})" for name, count in found)
            form.fields["restriction_type"].help_text = _(
                "What you choose holds in the page's other languages too: %(languages)s."
            ) % {"languages": names}
        return form

    return make_form_with_languages


def is_page_public(context: Any, page: Any) -> bool:
    """Tells whether anybody may see a page, for the admin's padlocks.

    A list of pages brings the answer along (see ``content/wagtail_hooks.py``).
    """
    if (closed := getattr(page, "is_closed", None)) is not None:
        return not closed
    request = context["request"]
    if not hasattr(request, "any_page_is_closed"):
        request.any_page_is_closed = PageViewRestriction.objects.exists()
    return not (request.any_page_is_closed and page.get_view_restrictions().exists())
