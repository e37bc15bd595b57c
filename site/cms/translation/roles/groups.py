"""A group of translators for each language, made with its Locale."""

from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.models import TranslatorGroup

ACTIONS: Final = ("change", "publish")
"""What translators may do in their language. Pages are made when a translation is begun."""


def group_name(code: str) -> str:
    """The name of a language's group."""
    return f"Translators ({code})"


@transaction.atomic
def ensure_translator_group(locale: Locale) -> TranslatorGroup | None:
    """Gives a language its group, and the group its permissions; ``None`` for the source.

    A group of that name is taken over. What an administrator has given it besides is left, what
    it lacks is added: the admin, the pages under the language's start page as soon as there is
    one, and the snippets in the language.
    """
    if locale.language_code == SOURCE_LANGUAGE_CODE:
        return None
    found = TranslatorGroup.objects.filter(locale=locale).select_related("group").first()
    if found is None:
        group, _created = Group.objects.get_or_create(name=group_name(locale.language_code))
        found = TranslatorGroup.objects.create(locale=locale, group=group)
    found.group.permissions.add(_admin_access(), *_snippet_permissions())
    for home in Page.objects.filter(locale=locale, depth=2):
        admit_to_pages(found.group, home)
    return found


def close_group(group: Group) -> None:
    """Takes the snippets from a group whose language is gone.

    Without a language it would be bound to none, and its members could change every language.
    """
    group.permissions.remove(*_snippet_permissions())


def admit_to_pages(group: Group, home: Page) -> None:
    """Lets the members of a group change and publish a start page and all under it."""
    for action in ACTIONS:
        GroupPagePermission.objects.get_or_create(
            group=group, page=home, permission=_permission(Page, action)
        )


def _admin_access() -> Permission:
    content_type, _created = ContentType.objects.get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    permission, _created = Permission.objects.get_or_create(
        content_type=content_type,
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    return permission


def _snippet_permissions() -> list[Permission]:
    return [
        _permission(model, action)
        for model in get_snippet_models()
        if issubclass(model, TranslatableMixin)
        for action in ACTIONS
    ]


def _permission(model: type[Any], action: str) -> Permission:
    """Finds a permission, or makes it where Django would only later in the same migration."""
    permission, _created = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(model),
        codename=f"{action}_{model._meta.model_name}",
        defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
    )
    return permission
