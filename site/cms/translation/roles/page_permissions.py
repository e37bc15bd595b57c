"""Permissions on a page, where those of translators are for translating alone.

A translators' group holds *change* and *publish* on the tree of its language, by which its members
enter translations and publish them. Wagtail lets whoever has both also delete, unpublish, move,
copy, reorder and close pages. Here these ask for what a user may do besides translating: as a
member of another group, or by what an administrator has given the translators' group as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.models import PagePermissionTester

from cms.translation.roles.groups import ACTIONS
from cms.translation.roles.withdrawing import translator_groups, withdrawable_pages


class TranslatorPagePermissionTester(PagePermissionTester):
    """Tells what a user may do with a page.

    Attributes:
        is_translating: whether the user works here as a translator and not as an editor.
    """

    permissions: set[str]

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.is_translating = False
        if not user.is_active or user.is_superuser:
            return
        groups = translator_groups(user)
        besides = {
            _action(permission)
            for permission in self.permission_policy.get_cached_permissions_for_user(user)
            if page.path.startswith(permission.page.path)
            and not (permission.group_id in groups and _action(permission) in ACTIONS)
        }
        self.is_translating = besides != self.permissions
        self._besides = besides

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Deleting, and moving, which asks for the same."""
        with self._besides_translating():
            return bool(super().can_delete(ignore_bulk=ignore_bulk))

    def can_copy(self) -> bool:
        """Copying, and making an alias."""
        with self._besides_translating():
            return bool(super().can_copy())

    def can_unpublish(self) -> bool:
        """Unpublishing; for translators see :mod:`cms.translation.roles.withdrawing`."""
        is_possible = bool(super().can_unpublish())
        if not is_possible or not self.is_translating or "publish" in self._besides:
            return is_possible
        return self.page.pk in withdrawable_pages(self.user)

    def can_set_view_restrictions(self) -> bool:
        """Closing and opening."""
        with self._besides_translating():
            return bool(super().can_set_view_restrictions())

    def can_publish_subpage(self) -> bool:
        """Adding a page below it that is live at once."""
        with self._besides_translating():
            return bool(super().can_publish_subpage())

    def can_reorder_children(self) -> bool:
        """Putting the pages below it in another order, which is that of their sources."""
        with self._besides_translating():
            return bool(super().can_reorder_children())

    @contextmanager
    def _besides_translating(self) -> Iterator[None]:
        """Has Wagtail answer from what the user may do besides translating."""
        if not self.is_translating:
            yield
            return
        every, self.permissions = self.permissions, self._besides
        try:
            yield
        finally:
            self.permissions = every


def _action(permission: Any) -> str:
    codename: str = permission.permission.codename
    return codename.rpartition("_")[0]
