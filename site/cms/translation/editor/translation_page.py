"""A page of the admin about one translation: who may see it, and what it is about."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation


def editor_of(instance: Any) -> str | None:
    """The address of the editor of a page or fact; ``None`` for what is no translation."""
    if getattr(instance, "alias_of_id", None):
        return None
    found = Translation.objects.filter(
        source__object=instance.translation_key, target_locale=instance.locale_id, enabled=True
    ).values_list("pk", flat=True)
    translation = found.first()
    return reverse("cms_translation:editor", args=[translation]) if translation else None


def edit_address(instance: Any) -> str:
    """The address at which Wagtail edits a page or fact."""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    name = type(instance).snippet_viewset.get_url_name("edit")
    return reverse(name, args=[quote(instance.pk)])


def may_edit(user: Any, instance: Any) -> bool:
    """Tells whether a user may translate a page or fact, whatever else may be done with it."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    policy = policy_registry.get_by_type(type(instance))
    return bool(policy.user_has_permission_for_instance(user, "change", instance))


class TranslationPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about a translation that is in step with its source."""

    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuses who may not edit the page or fact; one that is written by hand is edited so.

        Raises:
            PermissionDenied: the user may not.
        """
        if not may_edit(request.user, self.instance):
            raise PermissionDenied
        if not self.translation.enabled:
            return redirect(edit_address(self.instance))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def translation(self) -> Translation:
        """The translation of the address."""
        found: Translation = get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale"),
            pk=self.kwargs["translation_id"],
        )
        return found

    @cached_property
    def instance(self) -> Any:
        """The page or fact in the language.

        Raises:
            Http404: it was deleted.
        """
        try:
            return self.translation.get_target_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error

    @property
    def editor_url(self) -> str:
        """The address of the editor of it."""
        return reverse("cms_translation:editor", args=[self.translation.pk])
