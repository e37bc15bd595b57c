"""Pages and facts that a translator may take down.

Those that nobody else has published, and those whose source is not published any more: of these
the translators decide what becomes of them. Everything else is for editors.
"""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from wagtail.actions.convert_alias import ConvertAliasPageAction, ConvertAliasPagePermissionError
from wagtail.actions.registry import ActionRegistry
from wagtail.actions.unpublish import UnpublishAction, UnpublishPermissionError
from wagtail.models import DraftStateMixin, ModelLogEntry, Page, PageLogEntry, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.models import TranslatorGroup
from cms.translation.roles.groups import ACTIONS
from cms.translation.roles.permissions import LanguagePermissionPolicy, locales_with_permission

_GROUPS: Final = "_translator_group_ids"
_WITHDRAWABLE: Final = "_withdrawable_page_ids"
_PUBLISHED: Final = "wagtail.publish"


def translator_groups(user: Any) -> frozenset[int]:
    """The ids of the translators' groups of a user; one query for each request."""
    if _GROUPS not in user.__dict__:
        groups = TranslatorGroup.objects.filter(group__user=user)
        user.__dict__[_GROUPS] = frozenset(groups.values_list("group", flat=True))
    found: frozenset[int] = user.__dict__[_GROUPS]
    return found


def permissions_besides_translating(user: Any) -> frozenset[str]:
    """Actions that a user may do on some page besides translating, as in ``change``."""
    permissions = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    groups = translator_groups(user)
    held = [(one.group_id, one.permission.codename.rpartition("_")[0]) for one in permissions]
    return frozenset(
        action for group, action in held if not (group in groups and action in ACTIONS)
    )


def withdrawable_pages(user: Any) -> frozenset[int]:
    """The ids of the live pages that a user may take down as a translator.

    One query for each request, however many pages a list shows.
    """
    if _WITHDRAWABLE not in user.__dict__:
        published = PageLogEntry.objects.filter(page=OuterRef("pk"), action=_PUBLISHED)
        source = Page.objects.live().filter(
            translation_key=OuterRef("translation_key"), locale__language_code=SOURCE_LANGUAGE_CODE
        )
        own_work = Exists(published.filter(user=user)) & ~Exists(published.filter(_not_by(user)))
        pages = Page.objects.live().filter(
            own_work | ~Exists(source),
            locale__translator_group__group__in=translator_groups(user),
        )
        user.__dict__[_WITHDRAWABLE] = frozenset(pages.order_by().values_list("pk", flat=True))
    found: frozenset[int] = user.__dict__[_WITHDRAWABLE]
    return found


def may_withdraw_fact(user: Any, fact: Any) -> bool:
    """Tells whether a user may take a fact down, as an editor or as a translator."""
    policy = policy_registry.get_by_type(type(fact))
    if not isinstance(policy, LanguagePermissionPolicy):
        return bool(policy.user_has_permission(user, "publish"))
    if not policy.user_has_permission_for_instance(user, "publish", fact):
        return False
    permission = f"{fact._meta.app_label}.publish_{fact._meta.model_name}"
    locales = locales_with_permission(user, permission, as_translator=False)
    if locales is None or fact.locale_id in locales:
        return True
    entries = ModelLogEntry.objects.for_instance(fact).filter(action=_PUBLISHED)
    if entries.filter(user=user).exists() and not entries.filter(_not_by(user)).exists():
        return True
    versions = type(fact)._default_manager.filter(translation_key=fact.translation_key)
    return not versions.filter(locale__language_code=SOURCE_LANGUAGE_CODE, live=True).exists()


def _not_by(user: Any) -> Q:
    return ~Q(user=user) | Q(user=None)


class UnpublishFactAction(UnpublishAction):
    """Takes a fact down, through the API."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Asks for the fact at hand.

        Raises:
            UnpublishPermissionError: the user may not take it down.
        """
        super().check(skip_permission_checks=skip_permission_checks)
        if self.user is None or skip_permission_checks:
            return
        if not may_withdraw_fact(self.user, self.object):
            raise UnpublishPermissionError("Translators take down what nobody else has published.")


class ConvertAliasByEditorsAction(ConvertAliasPageAction):
    """Makes an alias, which shows the source's text, a page of its own, through the API."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Asks for what nobody may do by translating.

        Raises:
            ConvertAliasPagePermissionError: the user may not.
        """
        super().check(skip_permission_checks=skip_permission_checks)
        if self.user is None or skip_permission_checks:
            return
        if not self.page.permissions_for_user(self.user).can_copy():
            raise ConvertAliasPagePermissionError("Translators translate an alias instead.")


def register_actions(registry: ActionRegistry) -> None:
    """Takes the place of Wagtail's own actions for aliases and for every translatable snippet."""
    registry.register(Page, ConvertAliasByEditorsAction)
    for model in get_snippet_models():
        if issubclass(model, TranslatableMixin) and issubclass(model, DraftStateMixin):
            registry.register(model, UnpublishFactAction)
