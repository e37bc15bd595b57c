"""Publishes a snippet through Wagtail's API in the languages of the user alone.

Wagtail 8.0.1 asks whether the user may publish that kind of snippet, and not whether this one: a
translator of Lule Sámi could publish a Finnish one. Here, through Wagtail's registry of actions,
another action publishes snippets, which asks for the snippet at hand. May go when
``PublishRevisionAction`` asks its policy for the instance, as its sisters do.
"""

from typing import Final

from wagtail import hooks
from wagtail.actions.publish_revision import PublishPermissionError, PublishRevisionAction
from wagtail.actions.registry import ActionRegistry
from wagtail.models import DraftStateMixin, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from cms.upstream.replacement import UpstreamCode, declare

CHECK: Final = UpstreamCode(
    "wagtail.actions.publish_revision:PublishRevisionAction.check",
    "d6c72763602c6c53e77f02575e02b286fabba5f255713f7271da71e131731700",
)


def apply() -> None:
    """Registers what registers the action."""
    declare(CHECK)
    hooks.register("register_actions", register_actions)


class PublishInOwnLanguage(PublishRevisionAction):
    """Publishes a revision of a snippet."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Asks for the snippet at hand.

        Raises:
            PublishPermissionError: the user does not publish in its language.
        """
        super().check(skip_permission_checks=skip_permission_checks)
        if self.user is None or skip_permission_checks:
            return
        policy = self.permission_policy
        if not policy.user_has_permission_for_instance(self.user, "publish", self.object):
            raise PublishPermissionError("You do not publish in this language.")


def register_actions(registry: ActionRegistry) -> None:
    """Takes the place of Wagtail's own action for every translatable snippet."""
    for model in get_snippet_models():
        if issubclass(model, TranslatableMixin) and issubclass(model, DraftStateMixin):
            registry.register(model, PublishInOwnLanguage)
