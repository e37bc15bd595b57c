"""Asks the rules for publishing, whichever way somebody publishes.

Wagtail 8.0.1 validates in forms alone: what is published by a workflow, in bulk or through the API
is published as it stands, and a form that refuses saves nothing. Its hooks come before the views of
the admin only. Here the action itself, which all ways share, refuses what a rule refuses; the draft
is saved by then. What no user publishes is not asked: it goes live because it was asked when its
time was set, or is a bundle or translation of what was published elsewhere. What comes back with
its source was asked when it was first published. May go when the actions have a hook.
"""

from functools import wraps
from typing import Any

from cms.content.rules.judging import what_stops
from cms.content.rules.refusal import PublishingRefused
from cms.translation.lifecycle.taking_down import BROUGHT_BACK
from cms.upstream.replacement import Replacement, apply_replacements


def apply() -> None:
    """Puts it in."""
    apply_replacements(
        Replacement(
            # After every check: nobody is told what is wrong with a page that they may not publish.
            "wagtail.actions.publish_revision:PublishRevisionAction._publish_revision",
            "610b084ff8ef252fd805085ca130e046daf2934058df8c4cc8989a1aa10f98c4",
            within_rules,
        )
    )


def within_rules(publish: Any) -> Any:
    """The publishing of a revision, which rules may refuse."""

    @wraps(publish)
    def publish_within_rules(
        action: Any, revision: Any, instance: Any, *args: Any, **kw: Any
    ) -> Any:
        is_asked = action.user is not None and action.log_action != BROUGHT_BACK
        if is_asked and (findings := what_stops(instance)):
            raise PublishingRefused(instance, findings)
        return publish(action, revision, instance, *args, **kw)

    return publish_within_rules
