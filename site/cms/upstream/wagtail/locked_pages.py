"""Keeps a locked page as it is, also for the API.

``PublishPageRevisionAction`` of Wagtail 8.0.1 asks for the permission to publish and not for locks,
which its editor alone looks at. Through the API a page is published that somebody has locked, that
is being moderated, or that goes live at a time that is set. Here the action asks for these too. May
go when it does upstream.
"""

from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from cms.translation.lifecycle.locks import is_locked_for
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.actions.publish_page_revision:PublishPageRevisionAction.check",
            "2587a2b40ffb053a0d1d4b50131cf8cb9238f06002e3f2557e803995ae485067",
            asking_for_locks,
        )
    )


def asking_for_locks(check: Any) -> Any:
    """The check, which refuses a page that is locked for the user."""

    @wraps(check)
    def check_locks(action: Any, skip_permission_checks: bool = False) -> None:
        check(action, skip_permission_checks=skip_permission_checks)
        is_asked = action.user is not None and not skip_permission_checks
        if is_asked and is_locked_for(action.object, action.user):
            raise PublishPagePermissionError(_("The page is locked."))

    return check_locks
