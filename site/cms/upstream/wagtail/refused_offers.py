"""Offers in lists nothing that is refused.

The lists of Wagtail 8.0.1 show the button of every bulk action to everybody, and say afterwards
that nothing of what was chosen may be deleted. The explorer shows the handles by which pages are
dragged to everybody who looks at the order of the tree, which is how ours opens. Here a button
that leads nowhere is left out, and who may not reorder sees the pages in the same order without
handles. May go when upstream's actions say who may use them, and the explorer asks who may reorder.
"""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, Final

from django.apps import apps
from django.urls import resolve
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.widgets import ButtonWithDropdown

from cms.translation.roles.bulk_actions import may_use
from cms.upstream.replacement import Replacement, apply_replacements

TEMPLATE: Final = "wagtailadmin/shared/buttons.html"


def apply() -> None:
    """Puts it in, before a template is read."""
    apply_replacements(
        Replacement(
            "wagtail.admin.templatetags.wagtailadmin_tags:bulk_action_choices",
            "bd284e88008fcae97c3a675e89b3f23ed357fa976c928ceb98d63ea28679c45c",
            registered,
        ),
        Replacement(
            "wagtail.admin.views.pages.listing:ExplorableIndexView.show_ordering_column",
            "ca047e097888897c408f6b56e18f91eb6cc1227b97eba5c96252be3c3498cf74",
            for_who_may_reorder,
        ),
    )


def registered(choices: Callable[..., Any]) -> Callable[..., Any]:
    """The tag without what is refused, which templates find by the name of the former."""
    tag: Callable[..., Any] = without_the_refused(choices)
    wagtailadmin_tags.register.inclusion_tag(TEMPLATE, takes_context=True)(tag)
    return tag


def without_the_refused(choices: Callable[..., Any]) -> Callable[..., Any]:
    """Makes the buttons, and leaves out those that the user may use on nothing."""

    @wraps(choices)
    def bulk_action_choices(context: Any, app_label: str, model_name: str) -> dict[str, Any]:
        found: dict[str, Any] = choices(context, app_label, model_name)
        user, model = context["request"].user, apps.get_model(app_label, model_name)

        def offered(buttons: list[Any]) -> list[Any]:
            kept = []
            for button in buttons:
                if isinstance(button, ButtonWithDropdown):
                    button.dropdown_buttons = offered(button.dropdown_buttons)
                    if button.dropdown_buttons:
                        kept.append(button)
                elif may_use(user, model, resolve(str(button.url)).kwargs["action"]):
                    kept.append(button)
            return kept

        return {**found, "buttons": offered(found["buttons"])}

    return bulk_action_choices


def for_who_may_reorder(shown: Any) -> Any:
    """The column of handles, where they are of use."""

    def show_ordering_column(view: Any) -> bool:
        return bool(shown.func(view)) and view.permissions.can_reorder_children()

    column = cached_property(show_ordering_column)
    column.__set_name__(ExplorableIndexView, "show_ordering_column")
    return column
