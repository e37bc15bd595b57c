"""Locks by which a page is not published over: somebody's, moderation's, and a set time's."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BasicLock, ScheduledForPublishLock
from wagtail.models import LockableMixin, Page, WorkflowMixin


def is_locked_for(instance: Any, user: Any) -> bool:
    """Tells whether a user may not publish something now, whatever their permissions are."""
    lock = instance.get_lock() if isinstance(instance, LockableMixin) and instance.pk else None
    if lock is None:
        return False
    return user is None or bool(lock.for_user(user))


def reason_not_to_publish(target: Any, source: Any, user: Any) -> str:
    """A sentence that says why a translation must wait; empty where it need not.

    A translation takes the place of what is written on the page, so that one that is being
    moderated waits even for who moderates it.

    Args:
        target: page or fact in the language.
        source: what it is translated from.
        user: whoever publishes; ``None`` for a command.
    """
    names = {"title": str(target)}
    if isinstance(target, WorkflowMixin) and target.current_workflow_state is not None:
        return _("“%(title)s” is being moderated. It is published when that is done.") % names
    if is_locked_for(target, user):
        lock = target.get_lock()
        if isinstance(lock, ScheduledForPublishLock):
            return _("“%(title)s” is scheduled to go live. Cancel that first.") % names
        if isinstance(lock, BasicLock):
            return _("“%(title)s” is locked. Whoever has locked it can unlock it.") % names
        return _("“%(title)s” is locked.") % names
    if (
        isinstance(source, Page)
        and not source.live
        and not target.live
        and source.revisions.filter(approved_go_live_at__isnull=False).exists()
    ):
        return _("“%(title)s” can go live when the page that it is translated from is.") % names
    return ""
