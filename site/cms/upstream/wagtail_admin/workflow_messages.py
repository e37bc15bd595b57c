"""Says in the page's form what came of an approval.

Wagtail 8.0.1 says *Page has been updated* to who approves a page and publishes it with that, or
sends it back, and offers no way to the page. Here the message says which it was, and leads to what
is live. May go when Wagtail's message says it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.utils.translation import gettext
from wagtail.admin import messages

from cms.upstream.replacement import Replacement, apply_replacements

MESSAGE: Final = "wagtail.admin.views.pages.edit:EditView.add_save_confirmation_message"


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            MESSAGE,
            "d02c119efedab8ff06ff2ccab56e1ecb81e5a590cb486799d98d7046893c24ef",
            with_outcome,
        )
    )


def with_outcome(add_message: Callable[[Any], None]) -> Callable[[Any], None]:
    """The message after a form was saved, with what came of an approval."""

    @wraps(add_message)
    def add_outcome(view: Any) -> None:
        state = view.workflow_state
        if "action-workflow-action" not in view.request.POST or state is None:
            add_message(view)
            return
        state.refresh_from_db()
        title = {"title": view.page.get_admin_display_title()}
        if state.status == state.STATUS_NEEDS_CHANGES:
            text, buttons = gettext("“%(title)s” is back with its writer for changes."), []
        elif state.status == state.STATUS_APPROVED:
            text = gettext("“%(title)s” is approved and published.")
            view.page.refresh_from_db()
            address = view.page.url if view.page.live else None
            buttons = [messages.button(address, gettext("View live"))] if address else []
        else:
            text, buttons = (
                gettext("“%(title)s” is approved. Somebody else is to approve it too."),
                [],
            )
        messages.success(view.request, text % title, buttons=buttons)

    return add_outcome
