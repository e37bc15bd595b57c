"""Permissions by language.

A group works in the language that it translates into, or in the languages of the pages that it has
permissions for. What its members may do with snippets, which stand in no tree, they may do in
those languages alone. A group without any page permission is bound to no language.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Locale
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE

_CACHE = "_languages_by_permission"
_LOCALES = "_translator_locales"


def translator_locales(user: Any) -> list[Locale]:
    """The locales that a user may translate into, in the order of the registry.

    Those of the user's translator groups; for a superuser all but the source. Asked once for a
    request.
    """
    if not user.is_active:
        return []
    if _LOCALES not in user.__dict__:
        user.__dict__[_LOCALES] = _translator_locales(user)
    found: list[Locale] = user.__dict__[_LOCALES]
    return found


def _translator_locales(user: Any) -> list[Locale]:
    locales = Locale.objects.filter(language_code__in=LANGUAGES).exclude(
        language_code=SOURCE_LANGUAGE_CODE
    )
    if not user.is_superuser:
        locales = locales.filter(translator_group__group__user=user)
    order = list(LANGUAGES)
    return sorted(locales, key=lambda locale: order.index(locale.language_code))


def may_translate(user: Any, locale: Locale) -> bool:
    """Tells whether a user may translate into a language."""
    return any(own.pk == locale.pk for own in translator_locales(user))


def changeable(user: Any, model: type[Any]) -> QuerySet[Any]:
    """The pages or facts of a type that somebody may change."""
    policy = policy_registry.get_by_type(model)
    found: QuerySet[Any] = policy.instances_user_has_permission_for(user, "change")
    return found


def may_change(user: Any, thing: Any) -> bool:
    """Tells whether somebody may change a page or fact."""
    return changeable(user, type(thing)).filter(pk=thing.pk).exists()


def locales_with_permission(
    user: Any, permission: str, *, as_translator: bool = True
) -> set[int] | None:
    """Ids of the locales in which a user has a model permission; ``None`` for every locale.

    Two queries for each permission, once for a request.

    Args:
        permission: ``strategy.change_municipality``.
        as_translator: whether what the user has as a translator counts too.
    """
    if not user.is_active:
        return set()
    if user.is_superuser:
        return None
    cache: dict[tuple[str, bool], set[int] | None] = user.__dict__.setdefault(_CACHE, {})
    key = (permission, as_translator)
    if key not in cache:
        cache[key] = _locales_with_permission(user, permission, as_translator=as_translator)
    return cache[key]


def _locales_with_permission(user: Any, permission: str, *, as_translator: bool) -> set[int] | None:
    app_label, codename = permission.split(".")
    chosen = {"content_type__app_label": app_label, "codename": codename}
    if user.user_permissions.filter(**chosen).exists():
        return None
    groups: dict[int, int | None] = dict(
        Group.objects.filter(
            user=user,
            permissions__content_type__app_label=app_label,
            permissions__codename=codename,
        ).values_list("pk", "translator_group__locale")
    )
    locales: set[int] = set()
    unknown: set[int] = set()
    for group, locale in groups.items():
        if locale is None:
            unknown.add(group)
        elif as_translator:
            locales.add(locale)
    for group, locale, depth in GroupPagePermission.objects.filter(group__in=unknown).values_list(
        "group", "page__locale", "page__depth"
    ):
        unknown.discard(group)
        if depth == 1:
            return None
        locales.add(locale)
    return None if unknown else locales


class LanguagePermissionPolicy(ModelPermissionPolicy):
    """For translatable snippets: a permission holds in the languages of its group."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tells whether the user has the permission in the instance's language."""
        locales = locales_with_permission(user, self._get_permission_name(action))
        return locales is None or instance.locale_id in locales

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Any
    ) -> bool:
        """Tells whether the user has one of the permissions in the instance's language."""
        return any(
            self.user_has_permission_for_instance(user, action, instance) for action in actions
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Any]:
        """Pages and snippets on which the user has one of some permissions."""
        objects: QuerySet[Any] = self.model._default_manager.all()
        allowed: set[int] = set()
        for action in actions:
            locales = locales_with_permission(user, self._get_permission_name(action))
            if locales is None:
                return objects
            allowed |= locales
        return objects.filter(locale__in=allowed)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """Pages and snippets on which the user has one permission."""
        return self.instances_user_has_any_permission_for(user, [action])

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Any
    ) -> QuerySet[Any]:
        """Users whose group works in the instance's language, and superusers."""
        users: QuerySet[Any] = self.users_with_any_permission(actions)
        able = [
            user.pk
            for user in users
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return users.filter(Q(pk__in=able))
