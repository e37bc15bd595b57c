"""Buttons for what is done to many things at once: those that are not refused."""

from typing import Any

from django import template
from django.apps import apps
from wagtail.admin.templatetags.wagtailadmin_tags import bulk_action_choices
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.translation.roles.withdrawing import only_translates

register = template.Library()


@register.inclusion_tag("wagtailadmin/shared/buttons.html", takes_context=True)
def offered_bulk_actions(context: Any, app_label: str, model_name: str) -> dict[str, Any]:
    """Wagtail's buttons, without those that the user may use on no page or fact.

    Who does nothing but translate publishes many pages at once, and deletes and moves none.
    """
    found: dict[str, Any] = bulk_action_choices(context, app_label, model_name)
    user = context["request"].user
    model = apps.get_model(app_label, model_name)
    if issubclass(model, Page):
        if only_translates(user):
            found["buttons"] = [one for one in found["buttons"] if "/publish/" in str(one.url)]
    elif not policy_registry.get_by_type(model).user_has_permission(user, "delete"):
        found["buttons"] = [one for one in found["buttons"] if "/delete/" not in str(one.url)]
    return found
