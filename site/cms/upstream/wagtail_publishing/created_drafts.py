"""Has a new page be a draft until it is published.

``CreateView`` of Wagtail 8.0.1 stores a page as live, and then publishes its revision. Where that
is refused, by a rule for publishing or a failure on the way, a page stays live that nobody has
published. Here it is stored as a draft first. May go when the view does so.
"""

from functools import wraps
from typing import Any

from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            "wagtail.admin.views.pages.create:CreateView.publish_action",
            "a667541705ef16eafdd7b44515770965cd45b564337c16b0646b48630955595f",
            from_a_draft,
        )
    )


def from_a_draft(publish_action: Any) -> Any:
    """The view's publishing of a new page, which is a draft until then."""

    @wraps(publish_action)
    def publish_draft(view: Any) -> Any:
        view.form.instance.live = False
        return publish_action(view)

    return publish_draft
