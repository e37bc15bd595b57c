"""Bulk actions that are refused to a user whatever is chosen, and so are not offered."""

from typing import Any, Final

from django.db.models import Model
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.translation.roles.withdrawing import permissions_besides_translating

_ON_PAGES: Final[dict[str, set[str]]] = {
    "delete": {"add", "change"},
    "move": {"add", "change"},
    "publish": {"publish"},
    "unpublish": {"publish"},
}
"""Permissions for pages of which an action asks for one, by its type."""

_BY_TRANSLATING: Final = {"publish"}
"""Actions on pages that ask for no more than a translator has."""

_ON_OTHERS: Final = {"delete": "delete"}
"""Permissions for facts, images and documents; every other action changes what is there."""


def may_use(user: Any, model: type[Model], action: str) -> bool:
    """Tells whether a user may use a bulk action on some page, fact, image or document."""
    policy = policy_registry.get_by_type(model)
    if not issubclass(model, Page):
        return bool(policy.user_has_permission(user, _ON_OTHERS.get(action, "change")))
    if user.is_superuser or action not in _ON_PAGES:
        return True
    if action in _BY_TRANSLATING:
        return any(policy.user_has_permission(user, needed) for needed in _ON_PAGES[action])
    return not _ON_PAGES[action].isdisjoint(permissions_besides_translating(user))


def may_use_any(user: Any, model: type[Model]) -> bool:
    """Tells whether a user may use one of the bulk actions that there are."""
    actions = bulk_action_registry.get_bulk_actions_for_model(
        model._meta.app_label, model._meta.model_name
    )
    return any(may_use(user, model, action.action_type) for action in actions)
