"""Has the API publish no text that nobody has approved, where a language wants approval.

Through the API of Wagtail 8.0.1 a program writes a page as it stands, past the translators'
strings, and publishes it. Here a page that is kept in step with its source is not published so with
a text that is neither approved, nor the source's, nor was live before: it is to be entered in the
translators' editor. May go when pages are not written past their strings.
"""

from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from cms.translation.approval.written import has_unapproved_text
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.actions.publish_page_revision:PublishPageRevisionAction.check",
            "2587a2b40ffb053a0d1d4b50131cf8cb9238f06002e3f2557e803995ae485067",
            asking_for_approval,
        )
    )


def asking_for_approval(check: Any) -> Any:
    """The check, which refuses a page with a text that nobody has approved."""

    @wraps(check)
    def check_texts(action: Any, skip_permission_checks: bool = False) -> None:
        check(action, skip_permission_checks=skip_permission_checks)
        is_asked = action.user is not None and not skip_permission_checks
        if is_asked and has_unapproved_text(action.object):
            raise PublishPagePermissionError(
                _("A second person approves texts in this language. Enter them as translations.")
            )

    return check_texts
