"""Names of permissions, for templates of Wagtail's admin."""

from typing import Final

from django import template
from django.contrib.auth.models import Permission
from django.utils.translation import gettext, gettext_lazy, gettext_noop

register = template.Library()

_OF_EVERY_MODEL: Final = {
    "add": gettext_lazy("Can add %(name)s"),
    "change": gettext_lazy("Can change %(name)s"),
    "delete": gettext_lazy("Can delete %(name)s"),
    "view": gettext_lazy("Can view %(name)s"),
}
"""The permissions that Django makes for each model, by what their codes begin with."""

NAMES: Final = (
    gettext_noop("Can publish"),
    gettext_noop("Can submit translations"),
    gettext_noop("Delete pages with children"),
    gettext_noop("Lock/unlock pages you've locked"),
    gettext_noop("Publish any page"),
    gettext_noop("Unlock any page"),
)
"""Names of other permissions, as the database has them."""


@register.filter
def permission_name(permission: Permission) -> str:
    """Return the name of a permission, which the database has in English."""
    action = permission.codename.partition("_")[0]
    if action in _OF_EVERY_MODEL and permission.name.startswith(f"Can {action}"):
        return str(_OF_EVERY_MODEL[action]) % {"name": permission.content_type.name}
    return gettext(permission.name)
