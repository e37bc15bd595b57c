"""The form of a site's settings, in the menu *Settings*."""

from collections.abc import Collection
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Site
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.content.admin.own_language import OwnLanguageSnippetChooserViewSet
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.roles.permissions import LanguagePermissionPolicy
from home.site_settings import SiteSettings

_NEVER = frozenset({"add", "delete"})
_NAMESPACE = UUID("0b5d1d0c-4f5e-5f0e-8f3c-3f5d1b9a7c52")


class SiteSettingsPermissionPolicy(LanguagePermissionPolicy):
    """For what every site has once: nobody makes another, and nobody deletes it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tells whether the user has the permission in some language."""
        return action not in _NEVER and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        """Tells whether the user has one of the permissions in some language."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tells whether the user has the permission in the language of the settings."""
        is_possible = action not in _NEVER
        return is_possible and super().user_has_permission_for_instance(user, action, instance)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Any]:
        """Settings on which the user has one of some permissions."""
        possible = [action for action in actions if action not in _NEVER]
        return super().instances_user_has_any_permission_for(user, possible)


register_permission_policy(SiteSettings, SiteSettingsPermissionPolicy(SiteSettings))


class SiteSettingsIndexView(IndexView):
    """Leads to the form; where there are several sites, a list of theirs."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Makes what a site still lacks, as a draft, for whoever may fill it in."""
        policy = policy_registry.get_by_type(SiteSettings)
        if policy.user_has_any_permission(request.user, ["change", "publish", "view"]):
            source = Locale.objects.get(language_code=SOURCE_LANGUAGE_CODE)
            allowed = policy.instances_user_has_permission_for(request.user, "change")
            if policy.user_has_permission_for_instance(
                request.user, "change", SiteSettings(locale=source)
            ):
                _make_missing(source)
            forms = allowed.filter(locale=source) or allowed
            if len(forms) == 1:
                return redirect(self.get_edit_url(forms[0]))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


def _make_missing(source: Locale) -> None:
    for site in Site.objects.select_related("root_page"):
        key = site.root_page.translation_key
        if SiteSettings.objects.filter(start_page__translation_key=key).exists():
            continue
        SiteSettings.objects.get_or_create(
            translation_key=uuid5(_NAMESPACE, str(key)),
            locale=source,
            defaults={
                "start_page": site.root_page,
                "name": site.site_name or str(settings.WAGTAIL_SITE_NAME),
                "live": False,
                "has_unpublished_changes": True,
            },
        )


class SiteSettingsViewSet(SnippetViewSet):
    """The form of a site's settings; there are no others to be added."""

    model = SiteSettings
    icon = "home"
    add_to_settings_menu = True
    menu_order = 90
    menu_label = _("Site settings")
    index_view_class = SiteSettingsIndexView
    chooser_viewset_class = OwnLanguageSnippetChooserViewSet
    copy_view_enabled = False
    list_display: ClassVar = ["name", "start_page", "locale"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The settings in the languages in which the user works."""
        policy = policy_registry.get_by_type(self.model)
        shown: QuerySet[Any] = policy.instances_user_has_any_permission_for(
            request.user, ["change", "publish", "view"]
        )
        return shown


register_snippet(SiteSettingsViewSet)
