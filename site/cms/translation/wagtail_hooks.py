"""The translation room's additions to Wagtail's admin."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import TranslatableMixin
from wagtail_localize.models import Translation

from cms.translation.admin.dashboard import TranslatorPanel
from cms.translation.admin.synchronisation import UPSTREAMS_ALIAS, replace_start_item
from cms.translation.admin.urls import admin_urls
from cms.translation.lifecycle.locks import reason_not_to_publish
from cms.translation.lifecycle.taking_down import BROUGHT_BACK, LEFT_LIVE, TAKEN_DOWN
from cms.translation.models import LanguageTexts
from cms.translation.roles.withdrawing import may_withdraw_fact, register_actions
from cms.translation.status.counting import statuses_counted
from cms.translation.texts.recording import carry_over


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """The report, and what leads on from it."""
    return admin_urls()


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """The report of all languages."""
    return MenuItem(
        _("Translation status"),
        reverse("cms_translation:matrix"),
        name="translation-status",
        icon_name="wagtail-localize-language",
        order=100,
    )


@hooks.register("construct_reports_menu")
def hide_upstream_report(request: HttpRequest, items: list[Any]) -> None:
    """Hides wagtail-localize's report: to it, *never translated* is *out of date*."""
    address = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != address]


@hooks.register("construct_homepage_panels")
def add_translator_panel(request: HttpRequest, panels: list[Any]) -> None:
    """The first thing on the start page of who translates."""
    panels.append(TranslatorPanel())


@hooks.register("after_create_snippet")
def follow_copied_fact(request: HttpRequest, instance: Any) -> None:
    """Keeps for a copied fact, whose key is another, what its original was translated from."""
    match = request.resolver_match
    if match is None or match.url_name != "copy" or not isinstance(instance, TranslatableMixin):
        return
    model: Any = type(instance)
    original = model._default_manager.filter(pk=unquote(str(match.kwargs["pk"]))).first()
    if original is not None and original.translation_key != instance.translation_key:
        key: UUID = instance.translation_key
        carry_over(original.translation_key, key, original.locale_id)
        statuses_counted.send(sender=LanguageTexts, pages=(), snippets={key})


# Before wagtail-localize's, which publishes.
@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def let_translations_wait(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Refuses to publish a translation over a page that is locked, moderated or scheduled."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if not isinstance(instance, TranslatableMixin):
        return None
    translation = Translation.objects.filter(
        source__object=instance.translation_key, target_locale=instance.locale, enabled=True
    ).first()
    if translation is None:
        return None
    try:
        source = translation.source.get_source_instance()
    except ObjectDoesNotExist:
        return None
    reason = reason_not_to_publish(instance, source, request.user)
    if not reason:
        return None
    messages.error(request, reason)
    return redirect(request.path)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Actions that are logged with pages that follow another, or were left."""
    actions.register_action(
        TAKEN_DOWN, _("Take down"), _("Taken down with the page that it is translated from")
    )
    actions.register_action(
        LEFT_LIVE,
        _("Leave live"),
        _("Left live, though the page that it is translated from was taken down"),
    )
    actions.register_action(
        BROUGHT_BACK, _("Bring back"), _("Published again with the page that it is translated from")
    )


@hooks.register("construct_page_listing_buttons")
def leave_out_synchronising(buttons: list[Any], page: Any, user: Any, **context: Any) -> None:
    """Leaves out the button that updates sources; see :mod:`cms.translation.sources.following`."""
    buttons[:] = [button for button in buttons if "/localize/update/" not in (button.url or "")]


@hooks.register("construct_page_action_menu")
def ask_before_starting_a_page(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Has an administrator asked before a page is kept in step with its source again.

    Nobody else throws a translation away for an alias either.
    """
    if context["view"] == "edit":
        replace_start_item(items, request, context["page"])
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != UPSTREAMS_ALIAS]


@hooks.register("construct_snippet_action_menu")
def ask_before_starting_a_fact(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Has an administrator asked before a fact is kept in step with its source again."""
    if context["view"] == "edit" and isinstance(context["instance"], TranslatableMixin):
        replace_start_item(items, request, context["instance"])


@hooks.register("construct_snippet_action_menu")
def leave_out_unpublishing(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Leaves out *Unpublish* for who may not take down this fact."""
    if context["view"] == "edit" and isinstance(context["instance"], TranslatableMixin):
        named = [item for item in items if item.name == "action-unpublish"]
        if named and not may_withdraw_fact(request.user, context["instance"]):
            items.remove(named[0])


@hooks.register("before_convert_alias_page")
def refuse_to_convert_alias(request: HttpRequest, page: Any) -> None:
    """Lets nobody make a page of the source's text who only translates.

    Raises:
        PermissionDenied: the user may translate it and nothing else.
    """
    if not page.permissions_for_user(request.user).can_copy():
        raise PermissionDenied


@hooks.register("before_move_page")
def refuse_to_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """Refuses before the question is shown; Wagtail asks for the permission afterwards.

    Raises:
        PermissionDenied: the user may not move it there.
    """
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


hooks.register("register_actions", register_actions)
