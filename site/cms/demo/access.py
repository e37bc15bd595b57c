"""Gives groups exactly the permissions that their definitions name."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.demo.errors import DemoError
from cms.demo.groups import SNIPPETS, WAGTAIL_NAMES, GroupDefinition
from cms.demo.site import start_page

# Wagtail checks permissions for images and documents against its own models, whichever are used.
_MEDIA_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))


def apply_group(definition: GroupDefinition) -> Group:
    """Create the group or bring it into line: permissions that the definition lacks are removed.

    Raises:
        DemoError: the language has no start page, or a permission does not exist.
    """
    group = _find_or_create(definition.name)
    home = start_page(definition.language)
    if home is None:
        raise DemoError(
            f"There is no start page in {definition.language!r}. Run manage.py prepare_demo first."
        )
    wanted = [f"{action}_page" for action in definition.pages]
    _apply_page_permissions(group, home, _permissions("wagtailcore", wanted))
    media = [
        permission
        for app, model in _MEDIA_MODELS
        for permission in _permissions(app, [f"{action}_{model}" for action in definition.media])
    ]
    _apply_collection_permissions(group, media)
    group.permissions.set(_model_permissions(definition))
    return group


def _find_or_create(name: str) -> Group:
    group = Group.objects.filter(name=name).first()
    if group is None and name in WAGTAIL_NAMES:
        group = Group.objects.filter(name=WAGTAIL_NAMES[name]).first()
    if group is None:
        group = Group()
    if group.name != name:
        group.name = name
        group.save()
    return group


def _model_permissions(definition: GroupDefinition) -> list[Permission]:
    codenames = [f"{action}_{model}" for model in SNIPPETS for action in definition.snippets]
    found = _permissions("strategy", codenames)
    for name in definition.others:
        app_label, codename = name.split(".")
        found += _permissions(app_label, [codename])
    return found


def _permissions(app_label: str, codenames: Iterable[str]) -> list[Permission]:
    wanted = set(codenames)
    found = list(Permission.objects.filter(content_type__app_label=app_label, codename__in=wanted))
    missing = wanted - {permission.codename for permission in found}
    if missing:
        raise DemoError(
            f"There are no permissions {', '.join(sorted(missing))} in {app_label}. "
            "Run manage.py migrate first."
        )
    return found


def _apply_page_permissions(group: Group, home: Page, wanted: list[Permission]) -> None:
    GroupPagePermission.objects.filter(group=group).exclude(
        Q(page=home) & Q(permission__in=wanted)
    ).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)


def _apply_collection_permissions(group: Group, wanted: list[Permission]) -> None:
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.filter(group=group).exclude(
        Q(collection=root) & Q(permission__in=wanted)
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
