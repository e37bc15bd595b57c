"""The ways from a page or fact to where languages are asked for it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.action_menu import ActionMenuItem

from cms.translation.requests.views import ask_url
from cms.translation.roles.permissions import may_change

_LABEL = _("Ask for translation")
_ICON = "wagtail-localize-language"


def page_buttons(
    page: Page, user: Any, view_name: Any = None, next_url: Any = None
) -> Iterator[Button]:
    """A button in the menu of a page, in lists and in its editor."""
    url = ask_url(page)
    if url and page.permissions_for_user(user).can_edit():
        yield Button(_LABEL, url, icon_name=_ICON, priority=65)


def fact_buttons(fact: Any, user: Any, next_url: Any = None) -> Iterator[Button]:
    """A button in the menu of a fact in its list."""
    url = ask_url(fact)
    if url and may_change(user, fact):
        label = {"aria-label": f"{_LABEL}: {fact}"}
        yield Button(_LABEL, url, icon_name=_ICON, attrs=label, priority=105)


class AskItem(ActionMenuItem):
    """A link in the menu of a fact's editor."""

    name = "ask-for-translation"
    label = _LABEL
    icon_name = _ICON
    classname = "action-secondary"
    order = 210

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Tells whether languages can be asked for it."""
        if context["view"] != "edit":
            return False
        fact, user = context["instance"], context["request"].user
        return bool(ask_url(fact)) and may_change(user, fact)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """The address of the form."""
        return ask_url(parent_context["instance"])
