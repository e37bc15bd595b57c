"""The translation room's additions to Wagtail's admin."""

from typing import Any
from uuid import UUID

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import TranslatableMixin

from cms.translation.admin.approval import may_switch_approval
from cms.translation.admin.dashboard import TranslatorPanel
from cms.translation.admin.links import HOOK, TranslationLink
from cms.translation.admin.synchronisation import UPSTREAMS_ALIAS, replace_start_item
from cms.translation.admin.urls import admin_urls
from cms.translation.editor.translation_page import editor_of
from cms.translation.lifecycle.taking_down import BROUGHT_BACK, LEFT_LIVE, TAKEN_DOWN
from cms.translation.models import LanguageTexts
from cms.translation.requests.account import TranslatorMailPanel
from cms.translation.requests.buttons import AskItem, fact_buttons, page_buttons
from cms.translation.roles.permissions import translator_locales
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


@hooks.register("register_reports_menu_item")
def register_requests() -> MenuItem:
    """The list of what editors asked for."""
    return MenuItem(
        _("Asked for"),
        reverse("cms_translation:asked"),
        name="translation-requests",
        icon_name="wagtail-localize-language",
        order=101,
    )


@hooks.register("register_snippet_action_menu_item")
def register_ask_item(model: type[Any]) -> AskItem:
    """The way to ask for a fact, in its editor."""
    return AskItem()


@hooks.register("register_settings_menu_item")
def register_approval() -> MenuItem:
    """The languages in which a second person approves each text, for an administrator."""
    return _AdministratorsItem(
        _("Approval of translations"),
        reverse("cms_translation:approval"),
        name="translation-approval",
        icon_name="check",
        order=810,
    )


class _AdministratorsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether the user may switch approval."""
        return may_switch_approval(request.user)


@hooks.register("construct_reports_menu")
def hide_upstream_report(request: HttpRequest, items: list[Any]) -> None:
    """Hides wagtail-localize's report: to it, *never translated* is *out of date*."""
    address = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != address]


@hooks.register(HOOK)
def link_to_publishing(request: HttpRequest) -> TranslationLink | None:
    """From the list of pages of a language: publish all of it that is complete."""
    code = request.GET.get("language", "")
    if code not in {one.language_code for one in translator_locales(request.user)}:
        return None
    address = reverse("cms_translation:publish_all", args=[code])
    return TranslationLink(gettext("Publish everything that is complete"), address)


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


# Before wagtail-localize's, which shows its own editor.
@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def lead_to_translators_editor(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Leads to the translators' editor from where Wagtail edits a page or fact.

    Except where an administrator asks there for an alias in its place.
    """
    if not isinstance(instance, TranslatableMixin) or "localize-convert-to-alias" in request.POST:
        return None
    address = editor_of(instance)
    return redirect(address) if address else None


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
hooks.register("register_account_settings_panel", TranslatorMailPanel)
hooks.register("register_page_header_buttons", page_buttons)
hooks.register("register_page_listing_more_buttons", page_buttons)
hooks.register("register_snippet_listing_buttons", fact_buttons)
