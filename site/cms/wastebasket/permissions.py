"""Tells who sees a deleted page in the wastebasket, and who may bring it back.

It is as closed as the page was: who could edit it sees it, by the permissions that they have now on
the page above it. Who had permissions on the deleted page itself has none above it, and is known by
the group. To bring it back is to add a page, which nobody may who translates there and no more.
"""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page

from cms.wastebasket.models import DeletedPage

_EDITING = ("change_page", "publish_page", "bulk_delete_page")
_ADDING = "add_page"


def seen_by(user: Any) -> QuerySet[DeletedPage]:
    """The deleted pages that somebody sees."""
    if not user.is_active:
        return DeletedPage.objects.none()
    if user.is_superuser:
        return DeletedPage.objects.all()
    groups = user.groups.values("pk")
    seen = Q(
        pk__in=DeletedPage.groups.through.objects.filter(group__in=groups).values("deletedpage")
    )
    for codename, path in GroupPagePermission.objects.filter(group__in=groups).values_list(
        "permission__codename", "page__path"
    ):
        if codename in _EDITING:
            seen |= Q(place__path__startswith=path)
        elif codename == _ADDING:
            seen |= Q(place__path__startswith=path, owner_id=user.pk)
    return DeletedPage.objects.filter(seen)


def may_bring_back(user: Any, deleted: DeletedPage, parent: Page) -> bool:
    """Tells whether somebody may bring a page that they see back below another."""
    if parent.permissions_for_user(user).can_add_subpage():
        return True
    return parent.pk == deleted.parent_id and _had_permissions(user, deleted)


def may_publish(user: Any, parent: Page) -> bool:
    """Tells whether what was live may be live at once when somebody brings it back."""
    return bool(parent.permissions_for_user(user).can_publish_subpage())


def may_remove(user: Any) -> bool:
    """Tells whether somebody may remove a deleted page for good."""
    return bool(user.is_active and user.is_superuser)


def _had_permissions(user: Any, deleted: DeletedPage) -> bool:
    return bool(deleted.groups.filter(pk__in=user.groups.values("pk")).exists())
